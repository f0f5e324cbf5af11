package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.zstd.Frames;
import io.github.huffhash.internal.zstd.XxHash64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Frames of every header form and window with blocks of every kind, cut at every byte and damaged:
 * libzstd reads the same content, and differs in its verdict only as {@link Differences} says.
 */
class GeneratedFramesTest {
    private static final int MAX_BYTES = 1 << 18;
    private static final int MUTATIONS = 3000;

    /**
     * 1 KiB, 128 KiB, 128 MiB, 144 MiB, 2 GiB, the last that libzstd takes, the next, the largest
     * of all.
     */
    private static final int[] WINDOWS = {0, 0x38, 0x88, 0x89, 0xA8, 0xAF, 0xB0, 0xFF};

    private final Random random = Seeds.random();

    /** Blocks that make up a frame. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Blocks(byte[] bytes, byte[] content) {}

    private final Map<String, Integer> differences = new TreeMap<>();
    private int read;
    private int refused;

    @Test
    void libzstdJudgesGeneratedFramesTheSame() {
        compareAll();
        assertThat(read).isGreaterThan(1500);
        assertThat(refused).isGreaterThan(5000);
        assertThat(differences).hasSizeGreaterThan(3);
    }

    @Test
    @Tag("soak")
    void libzstdJudgesThirtyTimesAsManyTheSame() {
        for (int round = 0; round < 30; round++) {
            compareAll();
        }
        assertThat(differences).hasSizeGreaterThan(3);
    }

    private void compareAll() {
        List<byte[]> small = new ArrayList<>();
        try (var libzstd = new Libzstd(MAX_BYTES)) {
            for (Blocks blocks : blocks()) {
                for (int descriptor = 0; descriptor < 256; descriptor++) {
                    if ((descriptor & 8) != 0 && random.nextInt(16) != 0) {
                        continue; // the reserved bit
                    }
                    for (int window : windows(descriptor)) {
                        byte[] file = frame(descriptor, window, blocks);
                        compare(file, libzstd);
                        if (random.nextInt(60) == 0) {
                            small.add(file);
                        }
                    }
                }
            }
            for (int i = 0; i < 20; i++) {
                byte[] file = small.get(random.nextInt(small.size()));
                for (int length = 0; length < Math.min(file.length, 500); length++) {
                    compare(Arrays.copyOf(file, length), libzstd);
                }
            }
            var mutations = new Mutations(random, small);
            for (int i = 0; i < MUTATIONS; i++) {
                compare(mutations.damaged(), libzstd);
            }
        }
        System.out.println(read + " read, " + refused + " refused, differences: " + differences);
    }

    /** The blocks of small files of each kind, and of a large one. */
    private List<Blocks> blocks() {
        var options = CompressOptions.DEFAULT.withoutChecksum();
        List<byte[]> files = new ArrayList<>(SmallFiles.of(random, options));
        files.add(Huffhash.compress(Samples.skewed(random, 140_000, 256, 1.01), options));
        List<Blocks> all = new ArrayList<>();
        for (byte[] file : files) {
            int header = 6 + (file[4] >> 6 == 0 ? 0 : 1 << (file[4] >>> 6 & 3));
            all.add(new Blocks(Arrays.copyOfRange(file, header, file.length), decompressed(file)));
        }
        return all;
    }

    private static byte[] decompressed(byte[] file) {
        try {
            return Huffhash.decompress(file, MAX_BYTES);
        } catch (HuffhashFormatException e) {
            throw new AssertionError(e);
        }
    }

    /** A single segment has no window of its own; large frames have few. */
    private int[] windows(int descriptor) {
        boolean rarely = (descriptor & 3) != 0 && random.nextInt(4) != 0;
        return (descriptor & 0x20) != 0 || rarely
                ? new int[] {WINDOWS[random.nextInt(WINDOWS.length)]}
                : WINDOWS;
    }

    private byte[] frame(int descriptor, int window, Blocks blocks) {
        boolean single = (descriptor & 0x20) != 0;
        int sizeBytes = descriptor >>> 6 == 0 ? (single ? 1 : 0) : 1 << (descriptor >>> 6);
        int dictionaryBytes = (descriptor & 3) == 3 ? 4 : descriptor & 3;
        byte[] size = new byte[8];
        boolean wrong = random.nextInt(16) == 0;
        boolean unknown = random.nextInt(64) == 0;
        long declared = blocks.content().length - (sizeBytes == 2 ? 256L : 0);
        LittleEndian.put64(size, 0, unknown ? -1L : declared + (wrong ? 1L : 0));
        byte[] dictionary = new byte[dictionaryBytes];
        if (dictionaryBytes > 0 && random.nextInt(8) == 0) {
            dictionary[random.nextInt(dictionaryBytes)] = 1;
        }
        byte[] checksum = new byte[(descriptor & 4) == 0 ? 0 : 4];
        if (checksum.length > 0) {
            long sum = XxHash64.checksum(blocks.content(), 0, blocks.content().length);
            LittleEndian.put32(checksum, 0, random.nextInt(16) == 0 ? sum + 1 : sum);
        }
        return Frames.concat(
                Frames.hex("28 B5 2F FD %02X".formatted(descriptor)),
                single ? new byte[0] : new byte[] {(byte) window},
                dictionary,
                Arrays.copyOf(size, sizeBytes),
                blocks.bytes(),
                checksum);
    }

    private void compare(byte[] file, Libzstd libzstd) {
        Optional<byte[]> other = libzstd.decode(file);
        try {
            byte[] content = Decoders.all(file, MAX_BYTES);
            read++;
            if (other.isEmpty()) {
                assertThat(Differences.isWindowTooLargeForLibzstd(file)).as(hex(file)).isTrue();
                differ("a window of 4 GiB or more, which libzstd does not take");
            } else {
                assertThat(Arrays.equals(content, other.get())).as(hex(file)).isTrue();
            }
        } catch (HuffhashFormatException e) {
            refused++;
            if (other.isPresent()) {
                Optional<String> why = Differences.ofRefused(e.reason());
                assertThat(why).as("%s: %s", e.reason(), hex(file)).isPresent();
                differ(why.get());
            }
        }
    }

    private static String hex(byte[] file) {
        return HexFormat.of().formatHex(file, 0, Math.min(file.length, 2000));
    }

    private void differ(String why) {
        differences.merge(why, 1, Integer::sum);
    }
}
