package io.github.huffhash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Content and files for the tests. */
public final class Inputs {
    /** Bytes of content in each frame of {@link #seekable}. */
    public static final int FRAME = 64 << 10;

    private Inputs() {}

    /** A random source whose seed is printed, or comes from {@code -Dhuffhash.seed}. */
    public static Random random() {
        long seed = Long.getLong("huffhash.seed", new Random().nextLong());
        System.out.println("-Dhuffhash.seed=" + seed);
        return new Random(seed);
    }

    /** Lines of up to {@code longest} bytes; at each frame's end some line ends exactly. */
    public static byte[] lines(Random random, int bytes, int longest, String... ends) {
        var content = new ByteArrayOutputStream();
        while (content.size() < bytes) {
            byte[] end = ends[random.nextInt(ends.length)].getBytes(StandardCharsets.UTF_8);
            int length = random.nextInt(longest);
            int left = FRAME - content.size() % FRAME;
            if (left >= end.length && left - end.length < longest) {
                length = Math.min(length, left - end.length);
                if (left < 2 * longest) {
                    length = left - end.length;
                }
            }
            for (int i = 0; i < length; i++) {
                content.write('a' + Math.min(25, (int) Math.abs(4 * random.nextGaussian())));
            }
            content.writeBytes(end);
        }
        return content.toByteArray();
    }

    /** The file that {@code huffhash compress --seekable=64K} makes. */
    public static byte[] seekable(byte[] content) {
        return Huffhash.compress(content, CompressOptions.DEFAULT.seekable(FRAME));
    }

    /**
     * A seekable file as another tool would write it: frames, a table with or without checksums.
     */
    public static byte[] seekable(List<byte[]> frames, List<Integer> contentBytes) {
        var file = new ByteArrayOutputStream();
        frames.forEach(file::writeBytes);
        var table = ByteBuffer.allocate(8 + 8 * frames.size() + 9).order(ByteOrder.LITTLE_ENDIAN);
        table.putInt(0x184D2A5E).putInt(table.capacity() - 8);
        for (int i = 0; i < frames.size(); i++) {
            table.putInt(frames.get(i).length).putInt(contentBytes.get(i));
        }
        table.putInt(frames.size()).put((byte) 0).putInt(0x8F92EAB1);
        file.writeBytes(table.array());
        return file.toByteArray();
    }

    /** The content cut into pieces of a length, the last one shorter. */
    public static List<byte[]> cut(byte[] content, int length) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < content.length; at += length) {
            int end = Math.min(content.length, at + length);
            pieces.add(Arrays.copyOfRange(content, at, end));
        }
        return pieces;
    }

    /** Writes a file and returns its path. */
    public static Path file(Path folder, String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
