package io.github.huffhash;

import io.github.huffhash.internal.zstd.XxHash64;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Compresses and decompresses at the end of an array of almost 2³¹ bytes, in a JVM of its own; says
 * "done" if all is as it is at the beginning of an array.
 */
final class LongestArray {
    /** The JVM makes no longer one. */
    private static final int LENGTH = Integer.MAX_VALUE - 2;

    private static final int MAX_BYTES = 1 << 20;
    private static final int[] CONTENT_LENGTHS = {0, 1, 5, 300, 1025, 3000, 8192, 20_000, 131_072};
    private static final int DAMAGED_FILES = 5_000;

    private static final byte[] LONGEST = new byte[LENGTH];

    private LongestArray() {}

    public static void main(String[] arguments) throws IOException {
        var random = Seeds.random();
        for (int length : CONTENT_LENGTHS) {
            byte[] content = Samples.skewed(random, length, 100, 1.1);
            compress(content, CompressOptions.DEFAULT);
            compress(content, CompressOptions.DEFAULT.withUnitBytes(1024).seekable(1 << 16));
            compress(content, CompressOptions.DEFAULT.withPlanes(4));
            compress(content, CompressOptions.DEFAULT.withPlanes(CompressOptions.AUTO_PLANES));
            sign(content, 1000);
            sign(content, 4096);
        }
        for (String folder : new String[] {"valid/", "errors/"}) {
            for (String name : Testdata.names(folder, ".zst")) {
                decompress(Testdata.bytes(folder + name));
            }
        }
        damage(random);
        hashAll();
        System.out.println("done");
    }

    private static int put(byte[] bytes) {
        int at = LENGTH - bytes.length;
        System.arraycopy(bytes, 0, LONGEST, at, bytes.length);
        return at;
    }

    private static void compress(byte[] content, CompressOptions options) throws IOException {
        int at = put(content);
        var size = OptionalLong.of(content.length);
        byte[] file = Huffhash.compress(content, options);
        byte[] other = Huffhash.compress(LONGEST, at, content.length, options);
        require(Arrays.equals(file, other), "compressed " + content.length, options);
        var copy = new ByteArrayOutputStream();
        try (var out = new HuffhashOutputStream(copy, options, Workers.CALLER, size)) {
            out.write(LONGEST, at, content.length);
        }
        require(Arrays.equals(file, copy.toByteArray()), "written " + content.length, options);
        Arrays.fill(LONGEST, at, LENGTH, (byte) 0);
        try (var in = new HuffhashInputStream(new ByteArrayInputStream(file))) {
            require(in.readNBytes(LONGEST, at, content.length) == content.length, "read", options);
        }
        boolean same = Arrays.equals(LONGEST, at, LENGTH, content, 0, content.length);
        require(same, "read " + content.length, options);
    }

    private static void sign(byte[] content, int blockBytes) {
        int at = put(content);
        Signature signature = Signature.of(content, 0, content.length, blockBytes);
        Signature other = Signature.of(LONGEST, at, content.length, blockBytes);
        require(signature.equals(other), "signed " + content.length, blockBytes);
    }

    private static void damage(Random random) {
        var files = SmallFiles.withOthers(random, CompressOptions.DEFAULT.withoutChecksum());
        var mutations = new Mutations(random, files);
        for (byte[] file : files) {
            decompress(file);
        }
        for (int i = 0; i < DAMAGED_FILES; i++) {
            decompress(mutations.damaged());
            decompress(mutations.madeUp());
        }
    }

    private static void decompress(byte[] file) {
        String outcome = outcome(file, 0, file.length);
        String other = outcome(LONGEST, put(file), file.length);
        require(outcome.equals(other), HexFormat.of().formatHex(file), outcome + ", " + other);
    }

    private static String outcome(byte[] file, int at, int length) {
        try {
            return "content " + Arrays.hashCode(Huffhash.decompress(file, at, length, MAX_BYTES));
        } catch (HuffhashFormatException e) {
            return Objects.toString(e.getMessage());
        }
    }

    private static void hashAll() {
        var halves = new XxHash64();
        halves.update(LONGEST, 0, LENGTH / 2);
        halves.update(LONGEST, LENGTH / 2, LENGTH - LENGTH / 2);
        long whole = XxHash64.hash(LONGEST, 0, LENGTH);
        require(halves.value() == whole, "hashed", whole);
    }

    private static void require(boolean condition, String what, Object how) {
        if (!condition) {
            throw new AssertionError(what + ": " + how);
        }
    }
}
