package io.github.huffhash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/** The contents and options of testdata/compressed.tsv: what compression must not change. */
final class CompressedBytes {
    private CompressedBytes() {}

    /** Option sets by name. */
    static Map<String, CompressOptions> options() {
        var all = new LinkedHashMap<String, CompressOptions>();
        var standard = CompressOptions.DEFAULT;
        all.put("default", standard);
        all.put("no checksum", standard.withoutChecksum());
        all.put("unit 1024", standard.withUnitBytes(1024));
        all.put("unit 5003", standard.withUnitBytes(5003));
        all.put("unit 65536", standard.withUnitBytes(65_536));
        all.put("seekable 65536", standard.seekable(65_536));
        all.put("seekable 100001, unit 3000", standard.seekable(100_001).withUnitBytes(3000));
        all.put("seekable 1048576, no checksum", standard.seekable(1 << 20).withoutChecksum());
        return all;
    }

    /** Contents by name: files of testdata, and made ones, which depend on no default charset. */
    static Map<String, byte[]> contents() {
        var all = new LinkedHashMap<String, byte[]>();
        for (String name : Testdata.names("", ".bin")) {
            all.put(name, Testdata.bytes(name));
        }
        all.put("text-like", Samples.skewed(new Random(1), 700_000, 90, 1.06));
        all.put("few symbols", Samples.skewed(new Random(2), 300_000, 5, 1.7));
        all.put("noise", Samples.skewed(new Random(3), 200_000, 256, 1));
        all.put("fibonacci", Samples.fibonacci(23));
        all.put("mixed", mixed(new Random(4), 1_500_000));
        all.put("sparse", sparse(new Random(5), 250_000));
        all.put("few bytes of few symbols", Samples.skewed(new Random(6), 200, 5, 1.5));
        all.put("text after zeros", textAroundZeros(new Random(7), 40_960));
        all.put("few bytes after zeros", textAroundZeros(new Random(8), 100));
        for (int length : new int[] {1, 2, 5, 6, 7, 255, 256, 1023, 1024, 131_071, 131_073}) {
            all.put("length " + length, Samples.skewed(new Random(length), length, 40, 1.1));
        }
        return all;
    }

    /** Statistics that change often, so that units are split. */
    private static byte[] mixed(Random random, int length) {
        byte[] content = new byte[length];
        for (int at = 0; at < length; ) {
            int count = Math.min(length - at, 1 + random.nextInt(30_000));
            int alphabet = 1 + random.nextInt(256);
            double skew = 1 + random.nextInt(40) / 100.0;
            System.arraycopy(Samples.skewed(random, count, alphabet, skew), 0, content, at, count);
            at += count;
        }
        return content;
    }

    /** The tree of the first text is used again for the second one. */
    static byte[] textAroundZeros(Random random, int length) {
        byte[] text = Samples.skewed(random, 40_960, 60, 1.1);
        byte[] content = new byte[65_536 + length];
        System.arraycopy(text, 0, content, 0, text.length);
        System.arraycopy(text, 0, content, 65_536, length);
        return content;
    }

    /** Symbols that are far apart, which suits FSE-compressed weights. */
    private static byte[] sparse(Random random, int length) {
        byte[] content = Samples.skewed(random, length, 25, 1.15);
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (content[i] * 10);
        }
        return content;
    }

    /** A stream's file of content whose size may be announced. */
    static byte[] stream(byte[] content, CompressOptions options, OptionalLong announced) {
        var file = new ByteArrayOutputStream();
        try (var out = new HuffhashOutputStream(file, options, Workers.CALLER, announced)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /** A row of the table: content, options, whether the size is announced, length, SHA-256. */
    static List<String> row(String content, String options, String size, byte[] file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(file);
            return Arrays.asList(
                    content,
                    options,
                    size,
                    Integer.toString(file.length),
                    HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
