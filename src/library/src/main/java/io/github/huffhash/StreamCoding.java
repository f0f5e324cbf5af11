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
import java.util.Optional;
import java.util.OptionalLong;

/** The blocking calls of {@link Huffhash} from stream to stream. */
final class StreamCoding {
    /** Bytes that a worker reads at a time, if units are smaller: turns are to be worth taking. */
    private static final int RUN_BYTES = 64 << 10;

    private StreamCoding() {}

    /** Compresses; returns the bytes written. */
    static long compress(
            InputStream in,
            OptionalLong contentBytes,
            OutputStream out,
            CompressOptions options,
            int workers)
            throws IOException {
        var assembler = new FileAssembler(out, options, contentBytes);
        var buffers = new Spares<byte[]>();
        new WorkerThreads<Compressed>(
                        workers,
                        () -> new Compressor(in, assembler, options.unitBytes(), buffers),
                        result -> {
                            assembler.add(
                                    result.blocks(), 0, result.length(), result.contentBytes());
                            buffers.give(result.blocks());
                        })
                .run();
        assembler.finish();
        return assembler.fileBytes();
    }

    /**
     * Units compressed.
     *
     * @param blocks their blocks, from index 0 on
     * @param length bytes of the blocks
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from worker to writer, never compared
    private record Compressed(byte[] blocks, int length, int contentBytes) {}

    /** Reads units of one frame, as many as are worth a turn, and compresses them. */
    private static final class Compressor implements WorkerThreads.Worker<Compressed> {
        private final InputStream in;
        private final FileAssembler assembler;
        private final int unitBytes;
        private final Spares<byte[]> buffers;
        private final UnitCompressor compressor = new UnitCompressor();
        private final byte[] content;
        private final int targetBytes;
        private int length;
        private boolean last;

        Compressor(InputStream in, FileAssembler assembler, int unitBytes, Spares<byte[]> buffers) {
            this.in = in;
            this.assembler = assembler;
            this.unitBytes = unitBytes;
            this.buffers = buffers;
            int units = Math.max(1, RUN_BYTES / unitBytes);
            content = new byte[units * unitBytes];
            targetBytes = units * UnitCompressor.maxCompressedBytes(unitBytes);
        }

        @Override
        public boolean read() throws IOException {
            int wanted = Math.min(content.length, assembler.frameRest());
            length = in.readNBytes(content, 0, wanted);
            assembler.content(content, 0, length);
            last = length < wanted;
            return length > 0;
        }

        @Override
        public boolean isLast() {
            return last;
        }

        @Override
        public Compressed work() {
            byte[] blocks = buffers.take().orElseGet(() -> new byte[targetBytes]);
            int end = 0;
            for (int from = 0; from < length; from += unitBytes) {
                int unit = Math.min(unitBytes, length - from);
                end += compressor.compress(content, from, unit, blocks, end);
            }
            return new Compressed(blocks, end, length);
        }
    }

    /** Decompresses; returns the bytes written. */
    static long decompress(InputStream in, OutputStream out, int workers) throws IOException {
        var scanner = new FileScanner(in);
        var writer = new ContentWriter(out);
        try {
            new WorkerThreads<Content>(
                            workers, () -> new Decompressor(scanner, writer.buffers), writer)
                    .run();
        } catch (ZstdFormatException e) {
            throw HuffhashFormatException.of(e);
        }
        return writer.written;
    }

    /**
     * The content of a part.
     *
     * @param bytes from index 0 on, as many as the part says
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier from worker to writer, never compared
    private record Content(Part part, byte[] bytes) {}

    private static final class Decompressor implements WorkerThreads.Worker<Content> {
        private final FileScanner scanner;
        private final Spares<byte[]> buffers;
        private final PartDecoder decoder = new PartDecoder();
        private Optional<Part> part = Optional.empty();

        Decompressor(FileScanner scanner, Spares<byte[]> buffers) {
            this.scanner = scanner;
            this.buffers = buffers;
        }

        @Override
        public boolean read() throws IOException {
            part = scanner.next();
            return part.isPresent();
        }

        @Override
        public boolean isLast() {
            return false;
        }

        @Override
        public Content work() throws IOException {
            Part read = part.orElseThrow();
            byte[] bytes = buffers.take().orElseGet(() -> new byte[FileScanner.PART_BYTES]);
            decoder.decode(read, bytes);
            return new Content(read, bytes);
        }
    }

    private static final class ContentWriter implements WorkerThreads.Sink<Content> {
        final Spares<byte[]> buffers = new Spares<>();
        long written;
        private final OutputStream out;
        private Optional<ContentCheck> check = Optional.empty();

        ContentWriter(OutputStream out) {
            this.out = out;
        }

        @Override
        public void accept(Content content) throws IOException {
            Part part = content.part();
            int length = part.contentBytes();
            part.opening().ifPresent(header -> check = Optional.of(new ContentCheck(header)));
            ContentCheck frame = check.orElseThrow();
            frame.add(content.bytes(), 0, length);
            if (part.closing().isPresent()) {
                frame.end(part.closing().get().checksum(), part.closing().get().offset());
            }
            out.write(content.bytes(), 0, length);
            written += length;
            buffers.give(content.bytes());
        }
    }
}
