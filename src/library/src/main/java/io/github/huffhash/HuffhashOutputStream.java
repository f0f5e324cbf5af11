package io.github.huffhash;

import io.github.huffhash.UnitCompressor.Compressed;
import io.github.huffhash.internal.zstd.BufferPool;
import io.github.huffhash.internal.zstd.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Compresses what is written to a Zstandard file. It is complete once {@link #finish} or {@link
 * #close} has returned without an exception.
 *
 * <pre>{@code
 * try (var out = new HuffhashOutputStream(Files.newOutputStream(file))) {
 *     Files.copy(source, out);
 * }
 * }</pre>
 *
 * <p>The same content, options and announced size give the same file, whichever threads work on it;
 * but {@link #flush} ends a block, so a file that was flushed in between is another one.
 *
 * <p>Only the thread that calls a method uses the underlying stream; workers compress what has been
 * written. {@link #close} returns when no worker is active.
 *
 * <p>Memory with units of 128 KiB: 130 KB until the first unit is full; then up to 650 KB with
 * {@link Workers#CALLER}, or 800 KB if the content decides on planes, and up to 4 MB more for each
 * worker. A seekable file of unknown size takes up to twice that of a frame besides.
 *
 * <p>After a failure of any kind, nothing more is written: {@code close} closes the underlying
 * stream and throws, because the file is not complete. If the calling thread is interrupted while
 * it waits for a worker, that is such a failure, {@link java.io.InterruptedIOException}, and the
 * interrupt status stays set. Not thread-safe.
 */
public final class HuffhashOutputStream extends OutputStream {
    private final OutputStream output;
    private final int unitBytes;
    private final boolean wholeUnits;
    private final FileAssembler assembler;
    private final Pipeline<Unit, Compressed> pipeline;

    /** Buffers for content and for what is made of it. */
    private final BufferPool<byte[]> contentBuffers = new BufferPool<>();

    private final BufferPool<byte[]> blockBuffers = new BufferPool<>();

    /** The unit at hand. */
    private byte[] content;

    private int length;

    /** How long it will be. */
    private int wanted;

    private final Failure failure = new Failure("writing has failed before");
    private boolean finished;
    private boolean closed;

    /**
     * A unit of content.
     *
     * @param bytes from index 0 on
     * @param planes in how many planes it is to be compressed
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from writer to worker, never compared
    private record Unit(byte[] bytes, int length, int planes) {}

    /**
     * Compresses in the thread that writes, with {@link CompressOptions#DEFAULT}.
     *
     * @param output receives the file
     */
    public HuffhashOutputStream(OutputStream output) {
        this(output, CompressOptions.DEFAULT, Workers.CALLER);
    }

    /**
     * Compresses content whose size is not known.
     *
     * @param output receives the file
     */
    public HuffhashOutputStream(OutputStream output, CompressOptions options, Workers workers) {
        this(output, options, workers, OptionalLong.empty());
    }

    /**
     * Compresses content whose size may be known; the file says so then, as one does that is made
     * from an array or by the command line.
     *
     * @param output receives the file
     * @param contentBytes how much will be written, if that is known; to write less or more is a
     *     failure of {@link #finish}
     * @throws IllegalArgumentException if {@code contentBytes} is negative
     */
    public HuffhashOutputStream(
            OutputStream output,
            CompressOptions options,
            Workers workers,
            OptionalLong contentBytes) {
        this.output = Objects.requireNonNull(output);
        unitBytes = options.unitBytes();
        wholeUnits = options.mayHavePlanes();
        assembler = new FileAssembler(output, options, contentBytes);
        pipeline = new Pipeline<>(workers, this::compress);
        content = new byte[unitBytes];
        wanted = assembler.unitRest();
    }

    private Compressed compress(Unit unit) {
        byte[] blocks = buffer(blockBuffers, UnitCompressor.maxCompressedBytes(unitBytes));
        Compressed compressed =
                UnitCompressor.compressAll(
                        unit.bytes(), unit.length(), unitBytes, unit.planes(), blocks);
        contentBuffers.give(unit.bytes());
        return compressed;
    }

    private static byte[] buffer(BufferPool<byte[]> pool, int bytes) {
        return pool.take().orElseGet(() -> new byte[bytes]);
    }

    @Override
    public void write(int b) throws IOException {
        requireWritable();
        content[length++] = (byte) b;
        if (length == wanted) {
            failure.guard(this::endUnit);
        }
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        requireWritable();
        Objects.checkFromIndexSize(offset, count, from.length);
        int at = offset;
        int left = count;
        while (left > 0) {
            int part = Math.min(left, wanted - length);
            System.arraycopy(from, at, content, length, part);
            length += part;
            at += part;
            left -= part;
            if (length == wanted) {
                failure.guard(this::endUnit);
            }
        }
    }

    private void endUnit() throws IOException {
        int planes = assembler.content(content, 0, length);
        pipeline.submit(new Unit(content, length, planes));
        length = 0;
        content = buffer(contentBuffers, unitBytes);
        wanted = assembler.unitRest();
        while (pipeline.isFull()) {
            writeNext();
        }
    }

    private void writeNext() throws IOException {
        Compressed unit = pipeline.take();
        assembler.add(unit.blocks(), 0, unit.blockBytes(), unit.contentBytes());
        blockBuffers.give(unit.blocks());
    }

    private void endShortUnit() throws IOException {
        if (length > 0) {
            endUnit();
        }
    }

    private void writeAll() throws IOException {
        while (!pipeline.isEmpty()) {
            writeNext();
        }
    }

    private void requireWritable() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (finished) {
            throw new IOException("the stream is finished");
        }
        failure.requireNone();
    }

    /**
     * Makes all that was written readable at the other end: ends the block at hand, writes out what
     * is compressed, and flushes the underlying stream. The file stays one frame. Blocks that are
     * ended early compress worse; without new content since the last call, none is.
     *
     * <p>Byte planes need whole units: with {@link CompressOptions#planes} or sections, the unit at
     * hand is not ended but waits for the rest of its content.
     */
    @Override
    public void flush() throws IOException {
        if (finished && !closed && !failure.isPresent()) {
            failure.guard(output::flush);
            return;
        }
        requireWritable();
        failure.guard(() -> {
            if (!wholeUnits) {
                endShortUnit();
            }
            writeAll();
            assembler.writeThrough();
            output.flush();
        });
    }

    /**
     * Completes the file without closing the underlying stream. More calls do nothing.
     *
     * @throws IOException if writing fails, or less or more was written than announced
     */
    public void finish() throws IOException {
        if (finished) {
            return;
        }
        requireWritable();
        failure.guard(() -> {
            endShortUnit();
            writeAll();
            assembler.finish();
        });
        finished = true;
        pipeline.close();
    }

    /**
     * Completes the file, unless writing it has failed, waits until no worker is active, and closes
     * the underlying stream. More calls do nothing.
     *
     * @throws IOException if writing or flushing fails, or has failed before: the file may not be
     *     complete
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        boolean failedBefore = failure.isPresent();
        try {
            if (!failedBefore) {
                finish();
            }
        } catch (Throwable e) {
            closeBelow(e);
            throw e;
        }
        closed = true;
        pipeline.close();
        failure.close(output);
        if (failedBefore) {
            throw new IOException(
                    finished
                            ? "flushing has failed"
                            : "the file is not complete: writing has failed");
        }
    }

    /** Closes all after a failure, to which that of closing is added. */
    private void closeBelow(Throwable first) {
        closed = true;
        pipeline.close();
        try {
            output.close();
        } catch (Throwable e) {
            if (!e.equals(first)) {
                first.addSuppressed(e);
            }
        }
    }
}
