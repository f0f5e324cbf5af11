package io.github.huffhash;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Reads a thousand streams in turns, in a JVM of its own; says "done" if all is as it should be.
 */
final class ManyStreams {
    private static final int STREAMS = 1000;
    private static final int LENGTH = 600_000;

    private ManyStreams() {}

    public static void main(String[] arguments) throws IOException {
        var random = new Random(1);
        byte[][] contents = {
            Samples.skewed(random, LENGTH, 100, 1.1), Samples.skewed(random, LENGTH, 256, 1)
        };
        byte[][] files = {Huffhash.compress(contents[0]), Huffhash.compress(contents[1])};
        List<HuffhashInputStream> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            streams.add(new HuffhashInputStream(new ByteArrayInputStream(files[i % 2])));
        }
        for (int at = 0; at < LENGTH; ) {
            int count = Math.min(50_000, LENGTH - at);
            for (int i = 0; i < STREAMS; i++) {
                byte[] read = streams.get(i).readNBytes(count);
                if (!Arrays.equals(read, 0, count, contents[i % 2], at, at + count)) {
                    throw new AssertionError("stream " + i + " at " + at);
                }
            }
            at += count;
        }
        System.out.println("done");
    }
}
