package io.github.huffhash;

import io.github.huffhash.internal.zstd.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Files small enough to damage every bit of them, with every kind of block that is written. */
final class SmallFiles {
    /** What the files of {@link #of} consist of, all together. */
    static final List<String> KINDS =
            List.of(
                    "raw",
                    "RLE",
                    "huffman, 1 stream, direct weights",
                    "huffman, 1 stream, FSE weights",
                    "huffman, 4 streams, direct weights",
                    "huffman, 4 streams, FSE weights",
                    "treeless, 1 stream",
                    "treeless, 4 streams");

    private SmallFiles() {}

    /** Compresses a content for each kind of block. */
    static List<byte[]> of(Random random, CompressOptions options) {
        byte[] text = Samples.skewed(random, 500, 12, 2);
        byte[] beginning = Frames.concat(filled(text, 4096), new byte[4096]);
        return List.of(
                Huffhash.compress(new byte[0], options),
                Huffhash.compress(new byte[] {1, 2, 3}, options),
                Huffhash.compress(new byte[300], options),
                Huffhash.compress(Samples.skewed(random, 200, 5, 1.5), options),
                Huffhash.compress(spread(Samples.skewed(random, 250, 25, 1.1)), options),
                Huffhash.compress(Samples.skewed(random, 300, 10, 1.2), options),
                Huffhash.compress(spread(Samples.skewed(random, 700, 25, 1.1)), options),
                Huffhash.compress(Frames.concat(beginning, filled(text, 400)), options),
                Huffhash.compress(Frames.concat(beginning, filled(text, 100)), options));
    }

    /** The same followed by files that are unusual, and by those of libzstd. */
    static List<byte[]> withOthers(Random random, CompressOptions options) {
        List<byte[]> all = new ArrayList<>(of(random, options));
        for (String name : Testdata.names("valid", ".zst")) {
            byte[] file = Testdata.bytes("valid/" + name);
            if (file.length < 3000) {
                all.add(file);
            }
        }
        return all;
    }

    /** Symbols below 26 set apart, so that most weights are 0, which suits FSE. */
    private static byte[] spread(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (10 * bytes[i]);
        }
        return bytes;
    }

    private static byte[] filled(byte[] pattern, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = pattern[i % pattern.length];
        }
        return bytes;
    }
}
