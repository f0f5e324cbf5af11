package io.github.huffhash;

import io.github.huffhash.UnitCompressor.Compressed;
import io.github.huffhash.internal.zstd.BlockDecoder.Decoded;
import io.github.huffhash.internal.zstd.BlockGroup;
import io.github.huffhash.internal.zstd.BufferPool;
import io.github.huffhash.internal.zstd.ContentReader;
import io.github.huffhash.internal.zstd.GroupReader;
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
        var buffers = new BufferPool<byte[]>();
        int unitBytes = options.unitBytes();
        long most = Math.max(1, contentBytes.orElse(Long.MAX_VALUE));
        int runBytes = (int) Math.min(most, Math.max(1L, RUN_BYTES / unitBytes) * unitBytes);
        new WorkerThreads<Compressed>(
                        most <= unitBytes ? 1 : workers,
                        () -> new Compressor(in, assembler, unitBytes, runBytes, buffers),
                        result -> {
                            assembler.add(
                                    result.blocks(), 0, result.blockBytes(), result.contentBytes());
                            buffers.give(result.blocks());
                        })
                .run();
        assembler.finish();
        return assembler.fileBytes();
    }

    /** Reads units of one frame, as many as are worth a turn, and compresses them. */
    private static final class Compressor implements WorkerThreads.Worker<Compressed> {
        private final InputStream in;
        private final FileAssembler assembler;
        private final int unitBytes;
        private final BufferPool<byte[]> buffers;
        private final byte[] content;
        private final int targetBytes;
        private int length;
        private int planes = CompressOptions.NO_PLANES;
        private boolean last;

        Compressor(
                InputStream in,
                FileAssembler assembler,
                int unitBytes,
                int runBytes,
                BufferPool<byte[]> buffers) {
            this.in = in;
            this.assembler = assembler;
            this.unitBytes = unitBytes;
            this.buffers = buffers;
            content = new byte[runBytes];
            targetBytes =
                    ((runBytes - 1) / unitBytes + 1)
                            * UnitCompressor.maxCompressedBytes(Math.min(unitBytes, runBytes));
        }

        @Override
        public boolean read() throws IOException {
            int wanted = Math.min(content.length, assembler.frameRest());
            length = in.readNBytes(content, 0, wanted);
            planes = assembler.content(content, 0, length);
            assembler.requireAnnounced();
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
            return UnitCompressor.compressAll(content, length, unitBytes, planes, blocks);
        }
    }

    /** Decompresses; returns the bytes written. */
    static long decompress(InputStream in, OutputStream out, DecompressOptions options, int workers)
            throws IOException {
        var reader = new GroupReader(in, options.maxBytes(), false);
        var contents = new ContentReader(reader, options.maxBytes(), options.maxWindowBytes());
        try {
            new WorkerThreads<Decoded>(
                            workers,
                            () -> new Decompressor(reader, contents),
                            next -> write(next, contents, out))
                    .run();
        } catch (ZstdFormatException e) {
            throw new HuffhashFormatException(e);
        }
        return contents.allContent();
    }

    /** Verifies the next content and writes it. */
    private static void write(Decoded next, ContentReader contents, OutputStream out)
            throws IOException {
        contents.accept(next);
        if (contents.length() > 0) {
            out.write(contents.bytes(), contents.from(), contents.length());
        }
    }

    /** Reads groups of blocks and decodes them. */
    private static final class Decompressor implements WorkerThreads.Worker<Decoded> {
        private final GroupReader reader;
        private final ContentReader contents;
        private Optional<BlockGroup> group = Optional.empty();

        Decompressor(GroupReader reader, ContentReader contents) {
            this.reader = reader;
            this.contents = contents;
        }

        @Override
        public boolean read() throws IOException {
            group = reader.next();
            return group.isPresent();
        }

        @Override
        public Decoded work() throws IOException {
            return contents.decode(group.orElseThrow());
        }
    }
}
