package io.github.huffhash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalLong;

/** The calls of {@link Huffhash} that compress an array. */
final class ArrayCoding {
    /** Room for headers. */
    private static final int LEAST_BYTES = 64;

    private ArrayCoding() {}

    /** A file that grows in memory, and need not be copied to be read. */
    static final class FileInMemory extends ByteArrayOutputStream {
        FileInMemory(int size) {
            super(size);
        }

        ByteBuffer toBuffer() {
            return ByteBuffer.wrap(buf, 0, count).slice();
        }
    }

    /** Compresses into memory. */
    static FileInMemory compress(byte[] content, int offset, int length, CompressOptions options) {
        Objects.checkFromIndexSize(offset, length, content.length);
        var file = new FileInMemory(length / 2 + LEAST_BYTES);
        compress(content, offset, length, file, options);
        return file;
    }

    /** Compresses into a part of an array; returns the bytes of the file. */
    @SuppressWarnings("ReferenceEquality") // the same array, not an equal one
    static int compress(
            byte[] content,
            int offset,
            int length,
            byte[] target,
            int at,
            CompressOptions options) {
        Objects.checkFromIndexSize(offset, length, content.length);
        ByteBuffer room = ByteBuffer.wrap(target, at, target.length - at);
        long end = at + options.maxFileBytes(length);
        if (content == target && length > 0 && at < offset + length && offset < end) {
            throw new IllegalArgumentException("the content lies where the file may be written");
        }
        var file =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int count) {
                        Objects.checkFromIndexSize(room.position(), count, target.length);
                        room.put(bytes, from, count);
                    }
                };
        compress(content, offset, length, file, options);
        return room.position() - at;
    }

    private static void compress(
            byte[] content, int offset, int length, OutputStream file, CompressOptions options) {
        var assembler = new FileAssembler(file, options, OptionalLong.of(length));
        UnitCompressor compressor = UnitCompressor.take();
        byte[] blocks =
                new byte[UnitCompressor.maxCompressedBytes(Math.min(length, options.unitBytes()))];
        try {
            for (int at = 0; at < length; ) {
                int unit = Math.min(length - at, assembler.unitRest());
                int planes = assembler.content(content, offset + at, unit);
                int bytes = compressor.compress(content, offset + at, unit, planes, blocks, 0);
                assembler.add(blocks, 0, bytes, unit);
                at += unit;
            }
            assembler.finish();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail", e);
        } finally {
            compressor.giveBack();
        }
    }
}
