package io.github.huffhash.cli;

import io.github.huffhash.HuffhashFormatException;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import io.github.huffhash.io.OutputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Decodes what was written, and compares it with the input, read a second time. */
final class Verification {
    private Verification() {}

    /**
     * Verifies a file before it is published. All cores decode, whatever the mode.
     *
     * @param name its name
     * @param input what it was made of
     * @throws FileFailure if it does not decode to the input
     */
    static void verify(OutputFile file, String name, Input input) throws IOException {
        int workers = Runtime.getRuntime().availableProcessors();
        try (var comparison = new Comparing(input.reread(), name)) {
            DecompressCommand.decompress(file.reread(), comparison, 0, workers);
            comparison.expectEnd();
        } catch (HuffhashFormatException e) {
            throw new FileFailure(name, "verification failed: " + e.getMessage());
        }
    }

    /** Compares what is written to it with an input. */
    private static final class Comparing extends OutputStream {
        private final Input original;
        private final String name;
        private byte[] expected = {};

        Comparing(Input original, String name) {
            this.original = original;
            this.name = name;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (expected.length < length) {
                expected = new byte[length];
            }
            long start = original.position();
            int there = original.read(expected, length);
            int same = Arrays.mismatch(expected, 0, there, bytes, from, from + length);
            if (same >= 0) {
                throw different(start + same);
            }
        }

        void expectEnd() throws IOException {
            long end = original.position();
            if (original.read(new byte[1], 1) > 0) {
                throw different(end);
            }
        }

        private FileFailure different(long offset) {
            return new FileFailure(
                    name,
                    "verification failed: byte %s would not come back as it is in %s"
                            .formatted(offset, original.name()));
        }
    }
}
