package io.github.huffhash.internal.zstd;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Consecutive blocks of one frame, which can be decoded without the blocks before them; or one
 * block with sequences, of which the literals can; or none, and the end of the frame alone.
 *
 * @param memory the bytes of {@code input}; to be released once the group has been decoded
 * @param input where the blocks are
 * @param from index of the first one's header
 * @param blocks their headers
 * @param contentBytes bytes of their content; of a block with sequences, of its literals
 * @param planes byte planes of their frame, or 1; if it has any, the blocks are those of one unit
 * @param tree the description of the last tree before them, which treeless blocks among them may
 *     need
 * @param opening the header of the frame, if it begins with the group
 * @param checksum the checksum of the frame, if it has one and it follows the group
 * @param failure what is wrong behind the blocks, if they are not all of a unit with planes: they
 *     have no content then, but may have failures of their own
 */
public record BlockGroup(
        Memory memory,
        InputBuffer input,
        int from,
        List<BlockInfo> blocks,
        int contentBytes,
        int planes,
        Optional<InputBuffer> tree,
        Optional<FrameHeader> opening,
        Optional<FrameParser.Checksum> checksum,
        Optional<ZstdFormatException> failure) {

    /** An array that groups share. It goes back to its pool when the last user has released it. */
    static final class Memory {
        final byte[] bytes;
        private final BufferPool<Memory> pool;
        private final AtomicInteger users = new AtomicInteger(1);

        /** An array with one user. */
        Memory(int length, BufferPool<Memory> pool) {
            bytes = new byte[length];
            this.pool = pool;
        }

        /** One user more. */
        Memory shared() {
            users.incrementAndGet();
            return this;
        }

        /** One user less. */
        void release() {
            if (users.decrementAndGet() == 0) {
                users.set(1);
                pool.give(this);
            }
        }
    }

    /** Whether it is a block with sequences. */
    boolean hasSequences() {
        return !blocks.isEmpty() && blocks.get(0).hasSequences();
    }

    /** Whether the frame's last block is in it. */
    boolean isLast() {
        return !blocks.isEmpty() && blocks.get(blocks.size() - 1).header().last();
    }

    /** The group's bytes of the file are not needed any more: they may change from now on. */
    public void release() {
        memory.release();
    }
}
