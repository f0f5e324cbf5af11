package io.github.huffhash;

import com.github.luben.zstd.Zstd;
import java.util.Arrays;
import java.util.Random;

/** Compresses and decompresses for a while, in a JVM of its own whose compilers are watched. */
final class HotLoops {
    private static final int LENGTH = 1 << 19;
    private static final int ROUNDS = 60;

    private HotLoops() {}

    public static void main(String[] arguments) throws HuffhashFormatException {
        var random = new Random(1);
        byte[] text = Samples.skewed(random, LENGTH, 60, 1.2);
        byte[] code = Samples.skewed(random, LENGTH, 256, 1.01);
        byte[] words = words(random, text);
        byte[][] files = {
            Huffhash.compress(text),
            Huffhash.compress(code),
            Huffhash.compress(code, CompressOptions.DEFAULT.withPlanes(2)),
            Zstd.compress(words, 1)
        };
        byte[][] contents = {text, code, code, words};
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < files.length; i++) {
                byte[] content = Huffhash.decompress(files[i], LENGTH);
                if (!Arrays.equals(content, contents[i])) {
                    throw new AssertionError("file " + i + ", round " + round);
                }
            }
            Huffhash.compress(text);
            Huffhash.compress(code, CompressOptions.DEFAULT.withPlanes(4));
        }
        System.out.println("done");
    }

    /** Pieces of a text that come again, which other compressors find. */
    private static byte[] words(Random random, byte[] text) {
        byte[] words = new byte[LENGTH];
        for (int at = 0; at < LENGTH; ) {
            int count = Math.min(LENGTH - at, 3 + random.nextInt(20));
            System.arraycopy(text, 100 * random.nextInt(500), words, at, count);
            at += count;
        }
        return words;
    }
}
