package io.github.huffhash.cli;

import io.github.huffhash.HuffhashFormatException;
import io.github.huffhash.cli.FileTask.Counts;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import org.apache.commons.io.output.CountingOutputStream;

/** Decompression that copies what is not compressed, a file or what follows frames, as it is. */
final class PassThrough {
    private PassThrough() {}

    /**
     * Decompresses frames from the input's beginning on, and copies the rest.
     *
     * @param windowBytes the largest window that is allowed
     * @throws FileFailure if the rest is the whole, and compressed in a way that is not known
     * @throws HuffhashFormatException if the rest is a part that is compressed in such a way
     */
    static Counts code(Input input, OutputStream out, long windowBytes, int workers)
            throws IOException {
        byte[] start = input.peek(FileFormat.BYTES);
        if (!FileFormat.isZstandard(start)) {
            Optional<String> format = FileFormat.ofOthers(start);
            if (format.isPresent()) {
                throw new FileFailure(
                        Input.label(input.name()),
                        "is a file of %s, which is not known here".formatted(format.get()));
            }
            long bytes = input.stream().transferTo(out);
            return new Counts(bytes, bytes);
        }
        InputStream in = input.stream();
        if (input.regular().isEmpty()) {
            in = new Recent(in);
        }
        var counted = new CountingOutputStream(out);
        try {
            return DecompressCommand.decompress(input, in, counted, windowBytes, workers);
        } catch (HuffhashFormatException e) {
            if (!e.isTrailingData()) {
                throw e;
            }
            InputStream rest =
                    in instanceof Recent recent
                            ? recent.from(e.offset())
                            : again(input, e.offset());
            byte[] first = rest.readNBytes(FileFormat.BYTES);
            if (FileFormat.ofOthers(first).isPresent()) {
                throw e;
            }
            counted.write(first);
            rest.transferTo(counted);
            return new Counts(input.position(), counted.getByteCount());
        }
    }

    /** A regular file from a position on. */
    private static InputStream again(Input input, long from) throws IOException {
        InputStream all = input.reread().stream();
        all.skipNBytes(from);
        return all;
    }

    /** A stream of which the last bytes can be read again. */
    private static final class Recent extends InputStream {
        /** As many as decoders read ahead. */
        private static final int BYTES = 1 << 19;

        private final InputStream in;
        private final byte[] last = new byte[BYTES];
        private long position;

        Recent(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = in.read(into, offset, Math.min(length, BYTES));
            if (count > 0) {
                int at = (int) (position % BYTES);
                int before = Math.min(count, BYTES - at);
                System.arraycopy(into, offset, last, at, before);
                System.arraycopy(into, offset + before, last, 0, count - before);
                position += count;
            }
            return count;
        }

        /** The bytes from a position on: those that have been read behind it, and the rest. */
        InputStream from(long from) {
            if (position - from > BYTES) {
                throw new IllegalStateException("read ahead too far: " + (position - from));
            }
            byte[] again = new byte[(int) (position - from)];
            for (int i = 0; i < again.length; i++) {
                again[i] = last[(int) ((from + i) % BYTES)];
            }
            return new SequenceInputStream(new ByteArrayInputStream(again), in);
        }
    }
}
