package io.github.huffhash;

import io.github.huffhash.internal.zstd.EncodedUnit;
import io.github.huffhash.internal.zstd.FileWriter;
import io.github.huffhash.internal.zstd.FrameSums;
import io.github.huffhash.internal.zstd.Spares;
import io.github.huffhash.internal.zstd.UnitEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Compresses what is written to a Zstandard file. It is complete once {@link #finish} or {@link
 * #close} has returned.
 *
 * <p>The same content, options and announced size give the same file, whoever works on it. Only the
 * calling thread writes to the underlying stream. Not thread-safe.
 */
public final class HuffhashOutputStream extends OutputStream {
    private final OutputStream output;
    private final int unitBytes;
    private final FrameSums frames;
    private final FileWriter writer;
    private final Pipeline<Unit, EncodedUnit> pipeline;

    /** Units that were given to the pipeline. */
    private final Queue<Unit> units = new ConcurrentLinkedQueue<>();

    /** Buffers that are not in use, for content and for what is made of it. */
    private final Spares<byte[]> contentBuffers = new Spares<>();

    private final Spares<byte[]> unitBuffers = new Spares<>();

    /** The unit at hand. */
    private byte[] content;

    private int length;

    /** How long it will be. */
    private int wanted;

    private Optional<IOException> failure = Optional.empty();
    private boolean finished;
    private boolean closed;

    /**
     * A unit of content.
     *
     * @param bytes from index 0 on
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from writer to worker, never compared
    private record Unit(byte[] bytes, int length) {}

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
     */
    public HuffhashOutputStream(
            OutputStream output,
            CompressOptions options,
            Workers workers,
            OptionalLong contentBytes) {
        this.output = Objects.requireNonNull(output);
        unitBytes = options.unitBytes();
        OptionalInt frameBytes = options.frameBytes();
        frames = new FrameSums(frameBytes, options.checksum());
        writer =
                new FileWriter(
                        output,
                        contentBytes,
                        frameBytes,
                        frames,
                        unit -> unitBuffers.give(unit.bytes()));
        pipeline = new Pipeline<>(workers, () -> Optional.ofNullable(units.poll()), this::newWork);
        content = new byte[unitBytes];
        wanted = Math.min(unitBytes, frames.frameRest());
    }

    private Pipeline.Work<Unit, EncodedUnit> newWork() {
        var encoder = new UnitEncoder();
        return unit -> {
            byte[] target = buffer(unitBuffers, UnitEncoder.maxBytes(unitBytes));
            var encoded = encoder.encode(unit.bytes(), 0, unit.length(), target, 0);
            contentBuffers.give(unit.bytes());
            return new EncodedUnit(target, encoded.end(), encoded.lastBlock(), unit.length());
        };
    }

    private static byte[] buffer(Spares<byte[]> spares, int bytes) {
        return spares.take().orElseGet(() -> new byte[bytes]);
    }

    @Override
    public void write(int b) throws IOException {
        requireWritable();
        content[length++] = (byte) b;
        if (length == wanted) {
            endUnit();
        }
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, from.length);
        requireWritable();
        int at = offset;
        int left = count;
        while (left > 0) {
            int part = Math.min(left, wanted - length);
            System.arraycopy(from, at, content, length, part);
            length += part;
            at += part;
            left -= part;
            if (length == wanted) {
                endUnit();
            }
        }
    }

    private void endUnit() throws IOException {
        frames.add(content, 0, length);
        units.add(new Unit(content, length));
        content = buffer(contentBuffers, unitBytes);
        length = 0;
        wanted = Math.min(unitBytes, frames.frameRest());
        guarded(() -> {
            pipeline.start();
            while (pipeline.pending() >= pipeline.depth()) {
                writeNext();
            }
        });
    }

    private void writeNext() throws IOException {
        writer.accept(pipeline.take().orElseThrow());
    }

    /** Something that may fail; nothing can be written after a failure. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Step step) throws IOException {
        try {
            step.run();
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        } catch (RuntimeException | Error e) {
            failure = Optional.of(new IOException("writing has failed before", e));
            throw e;
        }
    }

    private void requireWritable() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (finished) {
            throw new IOException("the stream is finished");
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /**
     * Writes out what is compressed already and may be written, and flushes the underlying stream.
     * Content that does not fill a unit stays, and so does the last unit, or of a seekable file of
     * unknown size the frame at hand, whose beginning is not known: flushing does not change the
     * file.
     */
    @Override
    public void flush() throws IOException {
        requireWritableOrFinished();
        guarded(() -> {
            while (pipeline.pending() > 0) {
                writeNext();
            }
            output.flush();
        });
    }

    private void requireWritableOrFinished() throws IOException {
        if (!finished || closed) {
            requireWritable();
        }
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
        if (length > 0) {
            endUnit();
        }
        guarded(() -> {
            while (pipeline.pending() > 0) {
                writeNext();
            }
            writer.finish();
        });
        finished = true;
        pipeline.close();
    }

    /**
     * Completes the file, unless writing it has failed, and closes the underlying stream. More
     * calls do nothing.
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        try (output) {
            if (failure.isEmpty()) {
                finish();
            }
        } finally {
            closed = true;
            pipeline.close();
        }
    }
}
