package io.github.huffhash.run.process;

import static io.github.huffhash.run.process.RegionLayout.CHANNEL_BYTES;
import static io.github.huffhash.run.process.RegionLayout.CHANNEL_MESSAGE;
import static io.github.huffhash.run.process.RegionLayout.CHANNEL_MESSAGE_LENGTH;
import static io.github.huffhash.run.process.RegionLayout.CHANNEL_STATE;

import io.github.huffhash.memory.SharedWords;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Where one worker tells the parent what it is doing, laid out as {@link RegionLayout} says. */
final class Channel {
    private final MemorySegment memory;
    private final SharedWords words;

    /**
     * @param memory {@link RegionLayout#CHANNEL_BYTES} bytes
     */
    Channel(MemorySegment memory) {
        this.memory = memory;
        words = new SharedWords(memory);
    }

    /** What a worker is doing. */
    enum State {
        /** It is to be started, or started anew. */
        STARTING,
        /** It has attached, or has nothing to do. */
        IDLE,
        WORKING,
        /** It has left a message. */
        FAILED
    }

    /** Leaves a message for the parent, cut to what the channel holds. */
    void failed(String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        int length = (int) Math.min(text.length, CHANNEL_BYTES - CHANNEL_MESSAGE);
        while (length < text.length && (text[length] & 0xC0) == 0x80) {
            length--; // not in the middle of a character
        }
        memory.asSlice(CHANNEL_MESSAGE, length).asByteBuffer().put(text, 0, length);
        words.set(CHANNEL_MESSAGE_LENGTH, length);
        set(State.FAILED);
    }

    State state() {
        return State.values()[(int) words.getAcquire(CHANNEL_STATE)];
    }

    /** The message of a worker that failed. */
    String message() {
        byte[] text = new byte[(int) words.get(CHANNEL_MESSAGE_LENGTH)];
        memory.asSlice(CHANNEL_MESSAGE, text.length).asByteBuffer().get(text, 0, text.length);
        return new String(text, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("EnumOrdinal") // parent and workers are of the same version
    void set(State state) {
        words.setRelease(CHANNEL_STATE, state.ordinal());
    }
}
