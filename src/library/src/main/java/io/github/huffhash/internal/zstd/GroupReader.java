package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a file into groups of blocks while it is read from its beginning to its end.
 *
 * <p>A group ends where the bytes at hand end, so that content that has arrived is not held back.
 * Memory does not depend on what the file declares. Not thread-safe, but groups can be released by
 * any thread.
 */
public final class GroupReader {
    /** Enough for a small file. */
    private static final int SMALL_BUFFER_BYTES = 16 << 10;

    private static final int BUFFER_BYTES = 4 * Limits.MAX_BLOCK_BYTES;

    /** Room for any block, for readers that keep no such buffer while nothing is read. */
    private static final int BLOCK_BUFFER_BYTES = Limits.MAX_BLOCK_BYTES + (1 << 10);

    private static final BufferPool<BlockGroup.Memory> BLOCK_BUFFERS = BufferPool.ofAllThreads();

    /** Where bytes may come from. */
    private enum Reading {
        /** The buffer alone. */
        NOTHING,
        /** The input as far as it has bytes available. */
        AVAILABLE,
        /** The input: this may wait. */
        ANYTHING
    }

    private final InputStream input;
    private final FrameParser parser = new FrameParser();
    private final BufferPool<BlockGroup.Memory> pool = new BufferPool<>();
    private final boolean frugal;

    /** What is read to until it is full; groups refer to it. */
    private BlockGroup.Memory memory;

    private int at;
    private int end;

    /** Where in the file the buffer begins. */
    private long offset;

    /** Whether the input has ended, and whether the file has. */
    private boolean inputEnded;

    private boolean fileEnded;

    /** The description of the last tree in the frame at hand. */
    private Optional<InputBuffer> tree = Optional.empty();

    /** What has been parsed and belongs to the next group. */
    private Optional<FrameHeader> opening = Optional.empty();

    private Optional<BlockInfo> ahead = Optional.empty();
    private Optional<FrameParser.Checksum> checksum = Optional.empty();

    /** Bytes that are to be skipped. */
    private long skip;

    private final long maxBytes;

    /** Bytes of content in all blocks parsed. */
    private long content;

    /** What is wrong behind the last group. */
    private Optional<IOException> failure = Optional.empty();

    /**
     * @param input the file; not closed
     * @param maxBytes the most bytes that all content may have, at least 0
     * @param frugal whether to keep little memory between calls, for groups that are decoded one
     *     after the other
     */
    public GroupReader(InputStream input, long maxBytes, boolean frugal) {
        this(input, 0, maxBytes, frugal);
    }

    /** Reads whole frames that begin at {@code offset} of the file. */
    public GroupReader(InputStream input, long offset, long maxBytes, boolean frugal) {
        this.input = input;
        this.offset = offset;
        this.maxBytes = maxBytes;
        this.frugal = frugal;
        memory = new BlockGroup.Memory(SMALL_BUFFER_BYTES, frugal ? pool : new BufferPool<>());
    }

    /** Whether little memory is kept between calls. */
    boolean isFrugal() {
        return frugal;
    }

    /** The most bytes of content a group has. */
    public int groupBytes() {
        return frugal ? Limits.MAX_BLOCK_BYTES : 2 * Limits.MAX_BLOCK_BYTES;
    }

    /**
     * The next group, or nothing at the end of the file. It waits for input only if there is no
     * block as a whole.
     *
     * @throws ZstdFormatException if the file is not valid, as far as that can be seen without
     *     decoding
     * @throws IOException if reading fails
     */
    public Optional<BlockGroup> next() throws IOException {
        requireSound();
        find(Reading.ANYTHING);
        return fileEnded ? Optional.empty() : Optional.of(collect());
    }

    /**
     * Makes sure that there is no failure before the next group.
     *
     * @throws IOException the failure that {@link #next} would throw without reading
     */
    public void requireSound() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /**
     * The next group, if there is one that can be had without waiting for input. At the end of the
     * file, or before a failure, there is nothing: {@link #next} tells.
     */
    public Optional<BlockGroup> poll() {
        if (failure.isPresent()) {
            return Optional.empty();
        }
        try {
            return find(Reading.AVAILABLE) && !fileEnded
                    ? Optional.of(collect())
                    : Optional.empty();
        } catch (IOException e) {
            failure = Optional.of(e);
            return Optional.empty();
        }
    }

    /** Collects blocks as long as they are at hand; the first one, or a checksum, is. */
    private BlockGroup collect() throws IOException {
        int from = at;
        int content = 0;
        int treeAt = -1;
        List<BlockInfo> blocks = new ArrayList<>();
        try {
            boolean more = ahead.isPresent();
            while (more) {
                BlockInfo block = ahead.orElseThrow();
                input().require(at, block.bytes(), "a block");
                if (block.tree() == BlockInfo.Tree.OWN) {
                    treeAt = at + block.treeStart();
                }
                blocks.add(block);
                content += block.contentBytes();
                at += block.bytes();
                ahead = Optional.empty();
                more = !block.hasSequences() && !parser.isBetweenFrames() && findNext(content);
            }
        } catch (IOException e) {
            if (blocks.isEmpty()) {
                throw e;
            }
            failure = Optional.of(e); // once what comes before it has been decoded
        }
        var group =
                new BlockGroup(
                        memory.shared(),
                        new InputBuffer(memory.bytes, at, offset),
                        from,
                        blocks,
                        content,
                        tree,
                        opening,
                        checksum);
        at += checksum.isPresent() ? FrameParser.Checksum.BYTES : 0;
        opening = Optional.empty();
        checksum = Optional.empty();
        if (treeAt >= 0) {
            int to = Math.min(treeAt + Weights.MAX_BYTES, at);
            byte[] description = Arrays.copyOfRange(memory.bytes, treeAt, to);
            tree = Optional.of(new InputBuffer(description, to - treeAt, offset + treeAt));
        }
        if (isBlockBuffer() && at == end) {
            nextMemory(0);
        }
        return group;
    }

    /** Whether the next block is at hand and can join a group with so much content. */
    private boolean findNext(int content) throws IOException {
        return find(Reading.NOTHING)
                && ahead.isPresent()
                && !ahead.get().hasSequences()
                && content + ahead.get().contentBytes() <= groupBytes();
    }

    /**
     * Parses up to the next block, checksum or the end of the file; false if that would take more
     * reading than allowed. The block is there as a whole then, unless the input has ended.
     */
    private boolean find(Reading reading) throws IOException {
        while (ahead.isEmpty() && checksum.isEmpty() && !fileEnded) {
            if (!skipped(reading) || !parse(reading)) {
                return false;
            }
        }
        return ahead.isEmpty() || fill(ahead.get().bytes(), reading);
    }

    private boolean parse(Reading reading) throws IOException {
        int needed = parser.bytesNeeded(input(), at);
        while (needed > end - at && !inputEnded) {
            if (!fill(needed, reading)) {
                return false;
            }
            needed = parser.bytesNeeded(input(), at);
        }
        FrameParser.Element element = parser.next(input(), at);
        if (element instanceof BlockInfo block) {
            if (block.contentBytes() > maxBytes - content) {
                throw input().failure(at, "more than the " + maxBytes + " bytes allowed");
            }
            content += block.contentBytes();
            ahead = Optional.of(block);
        } else if (element instanceof FrameParser.Checksum value) {
            checksum = Optional.of(value);
        } else if (element instanceof FrameHeader header) {
            opening = Optional.of(header);
            tree = Optional.empty();
            at += header.bytes();
        } else if (element instanceof FrameParser.Skippable skippable) {
            skip = skippable.totalBytes();
        } else {
            fileEnded = true;
        }
        return true;
    }

    private boolean skipped(Reading reading) throws IOException {
        while (skip > 0) {
            int there = (int) Math.min(skip, end - at);
            at += there;
            skip -= there;
            if (skip > 0) {
                if (!fill(1, reading)) {
                    return false;
                }
                if (at == end) {
                    throw input().failure(at, "truncated in a skippable frame");
                }
            }
        }
        return true;
    }

    private InputBuffer input() {
        return new InputBuffer(memory.bytes, end, offset);
    }

    /**
     * Reads until there are {@code bytes} from {@code at} on, or the input ends; false if that
     * would take more reading than allowed.
     */
    private boolean fill(int bytes, Reading reading) throws IOException {
        while (bytes > end - at && !inputEnded) {
            if (reading == Reading.NOTHING) {
                return false;
            }
            if (bytes > memory.bytes.length - at) {
                nextMemory(bytes);
            }
            int wanted = isBlockBuffer() ? bytes - (end - at) : memory.bytes.length - end;
            if (reading == Reading.AVAILABLE) {
                wanted = Math.min(wanted, input.available());
                if (wanted <= 0) {
                    return false;
                }
            }
            int count = input.read(memory.bytes, end, wanted);
            inputEnded = count < 0;
            end += Math.max(0, count);
        }
        return true;
    }

    /** Whether the buffer is for one block: nothing behind that is read into it. */
    private boolean isBlockBuffer() {
        return memory.bytes.length == BLOCK_BUFFER_BYTES;
    }

    private BlockGroup.Memory memory(int bytes) {
        if (frugal && bytes > SMALL_BUFFER_BYTES) {
            return BLOCK_BUFFERS
                    .take()
                    .orElseGet(() -> new BlockGroup.Memory(BLOCK_BUFFER_BYTES, BLOCK_BUFFERS));
        }
        int size = frugal ? SMALL_BUFFER_BYTES : BUFFER_BYTES;
        return pool.take().orElseGet(() -> new BlockGroup.Memory(size, pool));
    }

    private void nextMemory(int bytes) {
        BlockGroup.Memory full = memory;
        memory = memory(bytes);
        System.arraycopy(full.bytes, at, memory.bytes, 0, end - at);
        offset += at;
        end -= at;
        at = 0;
        full.release();
    }
}
