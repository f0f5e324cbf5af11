package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a file at hand, in buffers that groups of blocks go on to share. Not thread-safe,
 * but groups can be released by any thread.
 */
final class GroupInput {
    /** Enough for a small file. */
    private static final int SMALL_BUFFER_BYTES = 16 << 10;

    private static final int BUFFER_BYTES = 4 * Limits.MAX_BLOCK_BYTES;

    /** Room for any block, for readers that keep no such buffer while nothing is read. */
    private static final int BLOCK_BUFFER_BYTES = Limits.MAX_BLOCK_BYTES + (1 << 10);

    private static final BufferPool<BlockGroup.Memory> BLOCK_BUFFERS = BufferPool.ofAllThreads();

    /** Room for the blocks of a unit of byte planes, for the same readers. */
    private static final int UNIT_BUFFER_BYTES = Limits.STORED_UNIT_BYTES + (1 << 10);

    private static final BufferPool<BlockGroup.Memory> UNIT_BUFFERS = BufferPool.ofAllThreads();

    /** Where bytes may come from. */
    enum Reading {
        /** The buffer alone. */
        NOTHING,
        /** The input as far as it has bytes available, more than one. */
        AVAILABLE,
        /** The input: this may wait. */
        ANYTHING
    }

    private final InputStream input;
    private final boolean frugal;
    private final BufferPool<BlockGroup.Memory> pool = new BufferPool<>();

    /** What is read to until it is full. */
    private BlockGroup.Memory memory;

    /** Where in the file the buffer begins. */
    private long offset;

    private int end;
    private boolean ended;

    /** Index of the next byte, and of the first one that is kept: behind it, or the same. */
    private int at;

    private int kept;

    /**
     * @param input not closed
     * @param offset where in the file it begins
     * @param frugal whether to keep little memory while nothing is read
     */
    GroupInput(InputStream input, long offset, boolean frugal) {
        this.input = input;
        this.offset = offset;
        this.frugal = frugal;
        memory = new BlockGroup.Memory(SMALL_BUFFER_BYTES, frugal ? pool : new BufferPool<>());
    }

    boolean isFrugal() {
        return frugal;
    }

    /** The bytes at hand, from {@link #at} on or from the first that is kept. */
    InputBuffer bytes() {
        return new InputBuffer(memory.bytes, end, offset);
    }

    /** Index of the next byte. */
    int at() {
        return at;
    }

    /** How many bytes are at hand. */
    int there() {
        return end - at;
    }

    /** Whether the input has no more bytes than those at hand. */
    boolean isEnded() {
        return ended;
    }

    /** Goes on behind the next bytes, which are at hand; they are kept. */
    void advance(int count) {
        at += count;
    }

    /** Index of the first byte that is kept. */
    int kept() {
        return kept;
    }

    /** Keeps no byte before the next one. */
    void keepNothing() {
        kept = at;
    }

    /** The buffer, with one user more: a group that has all bytes that are kept. */
    BlockGroup.Memory share() {
        return memory.shared();
    }

    /** Gives back a large buffer that is not needed, if little memory is to be kept. */
    void rest() {
        if (isForBlocks() && at == end) {
            nextMemory(0);
        }
    }

    /**
     * Reads until {@code bytes} are at hand, or the input ends; false if that would take more
     * reading than allowed.
     */
    boolean fill(int bytes, Reading reading) throws IOException {
        while (bytes > end - at && !ended) {
            if (reading == Reading.NOTHING) {
                return false;
            }
            if (bytes > memory.bytes.length - at) {
                nextMemory(bytes);
            }
            int wanted = isForBlocks() ? bytes - (end - at) : memory.bytes.length - end;
            if (reading == Reading.AVAILABLE) {
                int available = available();
                if (available < 2) { // streams that inflate say 1 until they end
                    return false;
                }
                wanted = Math.min(wanted, available);
            }
            int count = input.read(memory.bytes, end, wanted);
            ended = count < 0;
            end += Math.max(0, count);
        }
        return true;
    }

    /** A stream that cannot say what it has may have nothing. */
    private int available() {
        try {
            return input.available();
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    /** Whether the buffer is for one block or unit: nothing behind that is read into it. */
    private boolean isForBlocks() {
        return frugal && memory.bytes.length > SMALL_BUFFER_BYTES;
    }

    /** Goes on in another buffer with what is kept, and room for so many bytes behind. */
    private void nextMemory(int bytes) {
        BlockGroup.Memory full = memory;
        memory = memory(at - kept + bytes);
        System.arraycopy(full.bytes, kept, memory.bytes, 0, end - kept);
        offset += kept;
        end -= kept;
        at -= kept;
        kept = 0;
        full.release();
    }

    private BlockGroup.Memory memory(int bytes) {
        if (!frugal) {
            return memory(BUFFER_BYTES, pool);
        }
        if (bytes <= SMALL_BUFFER_BYTES) {
            return memory(SMALL_BUFFER_BYTES, pool);
        }
        return bytes <= BLOCK_BUFFER_BYTES
                ? memory(BLOCK_BUFFER_BYTES, BLOCK_BUFFERS)
                : memory(UNIT_BUFFER_BYTES, UNIT_BUFFERS);
    }

    private static BlockGroup.Memory memory(int bytes, BufferPool<BlockGroup.Memory> buffers) {
        return buffers.take().orElseGet(() -> new BlockGroup.Memory(bytes, buffers));
    }
}
