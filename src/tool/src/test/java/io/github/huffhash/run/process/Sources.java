package io.github.huffhash.run.process;

import io.github.huffhash.io.BlockSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;

/** Inputs for runs. */
final class Sources {
    private Sources() {}

    /** What {@link BlockSource#read} does. */
    @FunctionalInterface
    interface Reading {
        int read(byte[] into, int length) throws IOException;
    }

    /** A source that does this. */
    static BlockSource of(Reading reading) {
        return of(reading, 0);
    }

    private static BlockSource of(Reading reading, long expected) {
        return new BlockSource() {
            @Override
            public long expected() {
                return expected;
            }

            @Override
            public int read(byte[] into, int length) throws IOException {
                return reading.read(into, length);
            }
        };
    }

    /** These bytes. */
    static BlockSource of(byte[] bytes) {
        return of(reading(bytes), 0);
    }

    /** These bytes, and how many they are is known before. */
    static BlockSource ofKnownSize(byte[] bytes) {
        return of(reading(bytes), bytes.length);
    }

    private static Reading reading(byte[] bytes) {
        int[] position = {0};
        return (into, length) -> {
            int count = Math.min(length, bytes.length - position[0]);
            System.arraycopy(bytes, position[0], into, 0, count);
            position[0] += count;
            return count;
        };
    }

    /** An input whose end, and each of whose blocks, the test decides on while the run waits. */
    static final class Held implements BlockSource {
        private static final byte[] END = {};

        private final LinkedBlockingQueue<byte[]> blocks = new LinkedBlockingQueue<>();

        /** More input: whole blocks, only the last before the end may be short. */
        void give(byte[] bytes, int blockBytes) {
            for (int from = 0; from < bytes.length; from += blockBytes) {
                blocks.add(
                        Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + blockBytes)));
            }
        }

        void end() {
            blocks.add(END);
        }

        @Override
        public int read(byte[] into, int length) throws IOException {
            try {
                byte[] block = blocks.take();
                System.arraycopy(block, 0, into, 0, block.length);
                return block.length;
            } catch (InterruptedException _) {
                throw new InterruptedIOException("interrupted while waiting for input");
            }
        }
    }
}
