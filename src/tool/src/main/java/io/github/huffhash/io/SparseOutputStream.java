package io.github.huffhash.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Writes a new file from its beginning, and leaves holes where the content is zeros. */
final class SparseOutputStream extends OutputStream {
    /** Holes begin and end at multiples of this: a multiple of the blocks of all file systems. */
    private static final int HOLE_BYTES = 1 << 15;

    private static final byte[] ZEROS = new byte[HOLE_BYTES];

    private final FileChannel channel;

    /** How many bytes have been written or left out. */
    private long position;

    private boolean endsWithHole;

    SparseOutputStream(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int end = from + length;
        int unwritten = from;
        int at = from + (int) (-position & (HOLE_BYTES - 1));
        for (; at <= end - HOLE_BYTES; at += HOLE_BYTES) {
            if (Arrays.equals(bytes, at, at + HOLE_BYTES, ZEROS, 0, HOLE_BYTES)) {
                writeAll(bytes, unwritten, at);
                unwritten = at + HOLE_BYTES;
                position += HOLE_BYTES;
                endsWithHole = true;
            }
        }
        writeAll(bytes, unwritten, end);
    }

    private void writeAll(byte[] bytes, int from, int end) throws IOException {
        if (from == end) {
            return;
        }
        channel.position(position);
        ByteBuffer left = ByteBuffer.wrap(bytes, from, end - from);
        while (left.hasRemaining()) {
            channel.write(left);
        }
        position += end - from;
        endsWithHole = false;
    }

    /** Gives the file its length if its end is a hole. */
    @Override
    public void flush() throws IOException {
        if (endsWithHole) {
            position--;
            writeAll(ZEROS, 0, 1);
        }
    }
}
