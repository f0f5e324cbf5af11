package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Cuts a file into parts that can be decoded apart, while it is read from its beginning to its end.
 *
 * <p>Parts come as soon as their blocks have been read, so that what a pipe brings is not held
 * back. Memory does not depend on what the file declares. Not thread-safe.
 */
public final class FileScanner {
    /** A part has no more bytes of content, unless it is a single block. */
    public static final int PART_BYTES = 2 * Limits.MAX_BLOCK_BYTES;

    /** Enough for a small file. */
    private static final int FIRST_BUFFER_BYTES = 16 << 10;

    private static final int BUFFER_BYTES = 4 * Limits.MAX_BLOCK_BYTES;

    private final InputStream input;
    private final FileWalker walker = new FileWalker();

    /** Buffers of {@link #BUFFER_BYTES} that are not in use. Any thread puts them there. */
    private final Spares<Buffer> spares = new Spares<>();

    /** What is written to until it is full; parts refer to it. */
    private Buffer buffer = new Buffer(FIRST_BUFFER_BYTES);

    private int at;
    private int end;

    /** Where in the file the buffer begins. */
    private long offset;

    private boolean ended;

    private int maxBlockBytes;
    private Optional<FrameHeader> opening = Optional.empty();
    private Optional<Chunk> tree = Optional.empty();

    /** The next block, if it has been looked at. */
    private Optional<FileItem.Block> ahead = Optional.empty();

    /** What is wrong behind the last part. */
    private Optional<ZstdFormatException> failure = Optional.empty();

    /** Bytes of the file, and how many use them: parts, and the scanner itself. */
    private static final class Buffer {
        final byte[] bytes;
        final AtomicInteger users = new AtomicInteger(1);

        Buffer(int length) {
            bytes = new byte[length];
        }
    }

    /**
     * @param input the file; not closed
     */
    public FileScanner(InputStream input) {
        this.input = input;
    }

    /**
     * The next part, or nothing at the end of the file.
     *
     * @throws ZstdFormatException if the file is not valid, as far as that can be seen without
     *     decoding
     * @throws IOException if reading fails
     */
    public Optional<Part> next() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (walker.isBetweenFrames() && ahead.isEmpty() && !enterFrame()) {
            return Optional.empty();
        }
        Optional<Chunk> treeBefore = tree;
        int from = -1;
        int content = 0;
        boolean last = false;
        try {
            while (!last && (from < 0 || isNextAtHand(content))) {
                FileItem.Block block = block();
                BlockOutline outline = block.outline();
                fill(outline.bytes());
                chunk().require(at, outline.bytes(), "a block");
                from = from < 0 ? at : from;
                if (outline.tree() == BlockOutline.Tree.OWN) {
                    tree = Optional.of(treeAt(outline.bytes()));
                }
                at += outline.bytes();
                content += outline.regeneratedSize();
                last = outline.header().last();
            }
        } catch (ZstdFormatException e) {
            if (from < 0) {
                throw e;
            }
            failure = Optional.of(e); // once what comes before it has been decoded
        }
        Buffer used = buffer;
        used.users.incrementAndGet();
        var blocks = new Chunk(used.bytes, at, offset);
        Optional<Part.Closing> closing = last ? close() : Optional.empty();
        var part =
                new Part(
                        blocks,
                        from,
                        content,
                        maxBlockBytes,
                        treeBefore,
                        opening,
                        closing,
                        () -> release(used));
        opening = Optional.empty();
        return Optional.of(part);
    }

    /** Whether the next block can join a part with so much content, without a read. */
    private boolean isNextAtHand(int content) throws IOException {
        if (!ended && end - at < FileWalker.PEEK_BYTES) {
            return false;
        }
        FileItem.Block block = block();
        ahead = Optional.of(block);
        return content + block.outline().regeneratedSize() <= PART_BYTES
                && (ended || end - at >= block.outline().bytes());
    }

    /** Finds the next frame; false if there is none. */
    private boolean enterFrame() throws IOException {
        while (true) {
            fill(FileWalker.PEEK_BYTES);
            FileItem item = walker.next(chunk(), at);
            if (item instanceof FileItem.Frame frame) {
                FrameHeader header = frame.header();
                opening = Optional.of(header);
                maxBlockBytes = header.maxBlockBytes();
                tree = Optional.empty();
                at += header.bytes();
                return true;
            }
            if (!(item instanceof FileItem.Skippable skippable)) {
                return false;
            }
            skip(skippable.bytes());
        }
    }

    private FileItem.Block block() throws IOException {
        if (ahead.isPresent()) {
            FileItem.Block block = ahead.get();
            ahead = Optional.empty();
            return block;
        }
        fill(FileWalker.PEEK_BYTES);
        return (FileItem.Block) walker.next(chunk(), at);
    }

    private Chunk treeAt(int blockBytes) {
        int bytes = Math.min(blockBytes, BlockDecoder.MAX_TREE_BYTES);
        return new Chunk(Arrays.copyOfRange(buffer.bytes, at, at + bytes), bytes, offset + at);
    }

    private Optional<Part.Closing> close() throws IOException {
        long place = offset + at;
        if (walker.isBetweenFrames()) {
            return Optional.of(new Part.Closing(OptionalLong.empty(), place));
        }
        fill(FrameHeader.CHECKSUM_BYTES);
        try {
            var checksum = (FileItem.Checksum) walker.next(chunk(), at);
            at += FrameHeader.CHECKSUM_BYTES;
            return Optional.of(new Part.Closing(OptionalLong.of(checksum.value()), place));
        } catch (ZstdFormatException e) {
            failure = Optional.of(e);
            return Optional.empty();
        }
    }

    private Chunk chunk() {
        return new Chunk(buffer.bytes, end, offset);
    }

    /** Reads until there are {@code bytes} from {@code at} on, or the file ends. */
    private void fill(int bytes) throws IOException {
        if (ended || bytes <= end - at) {
            return;
        }
        if (bytes > buffer.bytes.length - at) {
            Buffer full = buffer;
            buffer = spares.take().orElseGet(() -> new Buffer(BUFFER_BYTES));
            System.arraycopy(full.bytes, at, buffer.bytes, 0, end - at);
            offset += at;
            end -= at;
            at = 0;
            release(full);
        }
        while (end - at < bytes && !ended) {
            int count = input.read(buffer.bytes, end, buffer.bytes.length - end);
            ended = count < 0;
            end += Math.max(0, count);
        }
    }

    private void release(Buffer used) {
        if (used.users.decrementAndGet() == 0 && used.bytes.length == BUFFER_BYTES) {
            used.users.set(1);
            spares.give(used);
        }
    }

    private void skip(long bytes) throws IOException {
        long left = bytes;
        while (true) {
            int there = (int) Math.min(left, end - at);
            at += there;
            left -= there;
            if (left == 0) {
                return;
            }
            fill((int) Math.min(left, BUFFER_BYTES));
            if (at == end) {
                throw chunk().failure(at, "truncated in a skippable frame");
            }
        }
    }
}
