package io.github.huffhash;

import io.github.huffhash.internal.zstd.ContentCheck;
import io.github.huffhash.internal.zstd.FileScanner;
import io.github.huffhash.internal.zstd.Part;
import io.github.huffhash.internal.zstd.PartDecoder;
import io.github.huffhash.internal.zstd.Spares;
import io.github.huffhash.internal.zstd.ZstdFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Decompresses a Zstandard file of frames without sequences, by whatever tool, while it is read:
 * one frame or many, their contents one behind the other.
 *
 * <p>What is read has been decoded, but a frame is known to be sound only at its end: should its
 * checksum be wrong, the read that would go on behind the frame fails. Whoever must not use content
 * of a damaged file reads to the end first.
 *
 * <p>With workers, these read from the underlying stream, ahead of the caller, in turns. Not
 * thread-safe.
 */
public final class HuffhashInputStream extends InputStream {
    private static final byte[] NOTHING = new byte[0];

    private final InputStream input;
    private final Pipeline<Part, Decoded> pipeline;

    /** Buffers of {@link FileScanner#PART_BYTES} that are not in use. */
    private final Spares<byte[]> buffers = new Spares<>();

    /** The part at hand: content from {@code at} to {@code end - 1}. */
    private byte[] content = NOTHING;

    private int at;
    private int end;

    private Optional<ContentCheck> check = Optional.empty();
    private Optional<IOException> failure = Optional.empty();
    private boolean ended;
    private boolean closed;

    /**
     * A part's content.
     *
     * @param bytes from index 0 on, as many as the part says
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from worker to reader, never compared
    private record Decoded(Part part, byte[] bytes) {}

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
        this.input = Objects.requireNonNull(input);
        var scanner = new FileScanner(input);
        pipeline = new Pipeline<>(workers, scanner::next, this::newWork);
    }

    private Pipeline.Work<Part, Decoded> newWork() {
        var decoder = new PartDecoder();
        return part -> {
            byte[] bytes = buffer(part.contentBytes());
            decoder.decode(part, bytes);
            return new Decoded(part, bytes);
        };
    }

    private byte[] buffer(int bytes) {
        if (bytes < FileScanner.PART_BYTES / 4) {
            return new byte[bytes];
        }
        return buffers.take().orElseGet(() -> new byte[FileScanner.PART_BYTES]);
    }

    /**
     * {@inheritDoc}
     *
     * @throws HuffhashFormatException if the file is not valid, has sequences, or needs a
     *     dictionary
     */
    @Override
    public int read() throws IOException {
        return advance() ? content[at++] & 0xFF : -1;
    }

    /**
     * {@inheritDoc}
     *
     * @throws HuffhashFormatException if the file is not valid, has sequences, or needs a
     *     dictionary
     */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            requireOpen();
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

    /** {@inheritDoc} Nothing is copied on the way. */
    @Override
    public long transferTo(OutputStream out) throws IOException {
        long count = 0;
        while (advance()) {
            out.write(content, at, end - at);
            count += end - at;
            at = end;
        }
        return count;
    }

    /** {@inheritDoc} Content that is decoded, that is. */
    @Override
    public int available() throws IOException {
        requireOpen();
        return end - at;
    }

    /** Makes sure that there is content at hand; false at the end. */
    private boolean advance() throws IOException {
        requireOpen();
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            while (at == end && !ended) {
                nextPart();
            }
        } catch (ZstdFormatException e) {
            var format = HuffhashFormatException.of(e);
            failure = Optional.of(format); // reading on would not mend it
            throw format;
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        } catch (RuntimeException | Error e) {
            failure = Optional.of(new IOException("reading has failed before", e));
            throw e;
        }
        return at < end;
    }

    private void nextPart() throws IOException {
        if (content.length == FileScanner.PART_BYTES) {
            buffers.give(content);
        }
        content = NOTHING;
        at = 0;
        end = 0;
        while (pipeline.pending() < pipeline.depth()) {
            pipeline.start();
        }
        Optional<Decoded> next = pipeline.take();
        if (next.isEmpty()) {
            ended = true;
            return;
        }
        Part part = next.get().part();
        content = next.get().bytes();
        part.opening().ifPresent(header -> check = Optional.of(new ContentCheck(header)));
        ContentCheck frame = check.orElseThrow();
        frame.add(content, 0, part.contentBytes());
        if (part.closing().isPresent()) {
            frame.end(part.closing().get().checksum(), part.closing().get().offset());
        }
        end = part.contentBytes();
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
    }

    /** Closes the underlying stream as well. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            pipeline.close();
            input.close();
        }
    }
}
