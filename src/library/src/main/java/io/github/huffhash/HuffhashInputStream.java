package io.github.huffhash;

import io.github.huffhash.internal.zstd.BlockDecoder;
import io.github.huffhash.internal.zstd.BlockGroup;
import io.github.huffhash.internal.zstd.ContentReader;
import io.github.huffhash.internal.zstd.Failure;
import io.github.huffhash.internal.zstd.GroupReader;
import io.github.huffhash.internal.zstd.ZstdFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Decompresses a Zstandard file, made by whatever tool, while it is read: one frame or many, their
 * contents one behind the other. Frames without sequences are decoded by all workers; of others,
 * workers decode the literals, and the calling thread does the rest.
 *
 * <pre>{@code
 * try (var in = new HuffhashInputStream(Files.newInputStream(file), Workers.threads(4))) {
 *     Files.copy(in, copy);
 * }
 * }</pre>
 *
 * <p>A frame is verified at its end: if its checksum is wrong, a read of its last content fails, or
 * the one behind it. Read to the end before trusting the data.
 *
 * <p>Only the thread that calls a method uses the underlying stream; workers decode what has been
 * read. Content that has arrived is delivered before more is waited for: a read waits for input
 * only if no whole block is at hand. So they get as many blocks as {@link InputStream#available} of
 * that stream tells; one that says 0 or 1 whatever it has, as those that inflate do, is decoded
 * block by block. {@link #close} returns when no worker is active.
 *
 * <p>Memory: 17 KB until the first read; then up to 600 KB with {@link Workers#CALLER}, or 2 MB if
 * there are sequences, and 5 to 10 MB for each worker otherwise. Frames that declare a window of
 * more than 128 KiB, which sequences may refer to, take up to 1.5 times its size besides, as far as
 * they have content; {@link DecompressOptions} has the limit.
 *
 * <p>What RFC 8878 forbids is refused even where libzstd lets it pass: codes of 12 bits, Huffman
 * streams that end early or late, raw blocks that are too large, a content size of 2⁶⁴ - 1. Windows
 * of any size are accepted where there are no sequences that need them.
 *
 * <p>After a failure of any kind, every read fails. If the calling thread is interrupted while it
 * waits for a worker, the read fails with {@link java.io.InterruptedIOException}, and the interrupt
 * status stays set. Not thread-safe.
 */
public final class HuffhashInputStream extends InputStream {
    private static final byte[] NOTHING = {};

    private final InputStream input;
    private final GroupReader reader;
    private final Pipeline<BlockGroup, BlockDecoder.Decoded> pipeline;
    private final ContentReader contents;

    /** The group at hand: content from {@code at} to {@code end - 1}. */
    private byte[] content = NOTHING;

    private int at;
    private int end;

    private final Failure failure = new Failure("reading has failed before");
    private boolean ended;
    private volatile boolean closed;

    /**
     * Decompresses in the thread that reads.
     *
     * @param input the file
     */
    public HuffhashInputStream(InputStream input) {
        this(input, Workers.CALLER);
    }

    /**
     * Decompresses with these workers.
     *
     * @param input the file
     */
    public HuffhashInputStream(InputStream input, Workers workers) {
        this(input, workers, DecompressOptions.DEFAULT);
    }

    /**
     * Decompresses what these options allow.
     *
     * @param input the file
     */
    public HuffhashInputStream(InputStream input, Workers workers, DecompressOptions options) {
        this(input, 0, workers, options);
    }

    /** Decompresses whole frames that begin at {@code offset} of a file. */
    HuffhashInputStream(
            InputStream input, long offset, Workers workers, DecompressOptions options) {
        this.input = Objects.requireNonNull(input);
        reader = new GroupReader(input, offset, options.maxBytes(), workers.count() == 0);
        contents = new ContentReader(reader, options.maxBytes(), options.maxWindowBytes());
        pipeline = new Pipeline<>(workers, contents::decode);
    }

    /**
     * {@inheritDoc}
     *
     * @throws HuffhashFormatException if the file is not valid, or needs a dictionary or a larger
     *     window than is allowed
     */
    @Override
    public int read() throws IOException {
        return advance() ? content[at++] & 0xFF : -1;
    }

    /**
     * {@inheritDoc}
     *
     * @throws HuffhashFormatException if the file is not valid, or needs a dictionary or a larger
     *     window than is allowed
     */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        requireOpen();
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (!advance()) {
            return -1;
        }
        int count = Math.min(length, end - at);
        System.arraycopy(content, at, into, offset, count);
        at += count;
        return count;
    }

    /**
     * {@inheritDoc} Frames that are skipped as a whole are not decoded if their headers say how
     * much content they have: only the headers of their blocks are verified then.
     *
     * @throws IllegalArgumentException if {@code count} is negative
     */
    @Override
    public long skip(long count) throws IOException {
        if (count < 0) {
            throw new IllegalArgumentException("a negative number to skip: " + count);
        }
        requireOpen();
        long left = count;
        while (left > 0 && (at < end || !ended)) {
            if (at == end) {
                left -= passFrames(left);
            }
            int part = (int) Math.min(left, end - at);
            at += part;
            left -= part;
        }
        return count - left;
    }

    /** Passes over frames, or else decodes the next group; returns the content passed over. */
    private long passFrames(long most) throws IOException {
        requireSound();
        long before = contents.passedContent();
        decode(() -> {
            if (pipeline.isEmpty()) {
                contents.passFrames(most);
            }
            if (contents.passedContent() == before) {
                nextGroup(false);
            }
        });
        return contents.passedContent() - before;
    }

    /**
     * How many bytes can be read without waiting for input: what has been decoded, or else the next
     * blocks, if the underlying stream has them available as a whole.
     *
     * @throws HuffhashFormatException as {@link #read()} does
     */
    @Override
    public int available() throws IOException {
        requireSound();
        if (at == end && !ended) {
            decode(() -> {
                fillPipeline(true);
                while (at == end && !pipeline.isEmpty()) {
                    takeGroup();
                    fillPipeline(true);
                }
                if (at == end) {
                    reader.requireSound();
                }
            });
        }
        return end - at;
    }

    /** Makes sure that there is content at hand; false at the end. */
    private boolean advance() throws IOException {
        requireSound();
        if (at == end && !ended) {
            decode(() -> {
                while (at == end && !ended) {
                    nextGroup(true);
                }
            });
        }
        return at < end;
    }

    private void decode(Failure.Step step) throws IOException {
        failure.guard(() -> {
            try {
                step.run();
            } catch (ZstdFormatException e) {
                throw new HuffhashFormatException(e);
            }
        });
    }

    private void nextGroup(boolean beyondFrame) throws IOException {
        if (pipeline.isEmpty()) {
            Optional<BlockGroup> group = reader.next();
            if (group.isEmpty()) {
                ended = true;
                return;
            }
            pipeline.submit(group.get());
        }
        fillPipeline(beyondFrame);
        takeGroup();
    }

    /** Reads ahead, perhaps into the next frame, as far as that needs no waiting. */
    private void fillPipeline(boolean beyondFrame) {
        while (!pipeline.isFull() && (beyondFrame || reader.isInFrame())) {
            Optional<BlockGroup> group = reader.poll();
            if (group.isEmpty()) {
                return;
            }
            pipeline.submit(group.get());
        }
    }

    private void takeGroup() throws IOException {
        content = NOTHING;
        at = 0;
        end = 0;
        contents.accept(pipeline.take());
        content = contents.bytes();
        at = contents.from();
        end = at + contents.length();
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
    }

    private void requireSound() throws IOException {
        requireOpen();
        failure.requireNone();
    }

    /**
     * Waits until no worker is active, and leaves the underlying stream open: where it is then is
     * not defined, since input is read ahead. Every read fails then, and {@link #close} does
     * nothing.
     */
    public void release() {
        closed = true;
        pipeline.close();
    }

    /** Waits until no worker is active, and closes the underlying stream as well. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            release();
            failure.close(input);
        }
    }
}
