package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import io.github.huffhash.internal.zstd.Frames;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every bit of small files is flipped, and they are cut off everywhere. */
@Timeout(300)
class DamagedFilesTest {
    private static final int MAX_BYTES = 1 << 18;

    /** One of so many bits is flipped; all in the tests tagged soak. */
    private static final int SOME = 4;

    private final Random random = Seeds.random();

    private List<byte[]> checkedFiles() {
        List<byte[]> files = SmallFiles.of(random, CompressOptions.DEFAULT);
        Set<String> kinds = new HashSet<>();
        files.forEach(file -> kinds.addAll(Anatomy.of(file)));
        assertThat(kinds).containsAll(SmallFiles.KINDS);
        return Frames.join(files, List.of(seekable(60_000)));
    }

    private static byte[] seekable(int length) {
        return Huffhash.compress(new byte[length], CompressOptions.DEFAULT.seekable(1 << 16));
    }

    private List<byte[]> uncheckedFiles() {
        return SmallFiles.withOthers(random, CompressOptions.DEFAULT.withoutChecksum());
    }

    private static byte[] flipped(byte[] file, int bit) {
        byte[] damaged = file.clone();
        damaged[bit / 8] ^= (byte) (1 << (bit & 7));
        return damaged;
    }

    private static Optional<byte[]> decode(byte[] file) {
        try {
            return Optional.of(Decoders.all(file, MAX_BYTES));
        } catch (HuffhashFormatException e) {
            assertThat(e.offset()).isBetween(0L, (long) file.length);
            assertThat(e.reason()).isNotEmpty();
            return Optional.empty();
        }
    }

    private static void assertSameOrRefused(byte[] file, byte[] content, String what) {
        // a skippable frame may be changed, or cut off at its beginning
        decode(file).ifPresent(decoded -> assertThat(decoded).as(what).isEqualTo(content));
    }

    @Test
    void noFlippedBitGivesOtherContent() throws HuffhashFormatException {
        assertNoFlippedBitGivesOtherContent(SOME);
    }

    @Test
    @Tag("soak")
    void noneOfAllFlippedBitsGivesOtherContent() throws HuffhashFormatException {
        assertNoFlippedBitGivesOtherContent(1);
    }

    /** Flips one of so many bits, others in each run. */
    private void assertNoFlippedBitGivesOtherContent(int distance) throws HuffhashFormatException {
        for (byte[] file : checkedFiles()) {
            byte[] content = Decoders.all(file, MAX_BYTES);
            for (int bit = random.nextInt(distance); bit < 8 * file.length; bit += distance) {
                assertSameOrRefused(flipped(file, bit), content, "bit " + bit);
            }
        }
    }

    @Test
    void noTruncatedFileIsTakenForAWholeOne() throws HuffhashFormatException {
        for (byte[] file : checkedFiles()) {
            byte[] content = Decoders.all(file, MAX_BYTES);
            for (int length = 0; length < file.length; length++) {
                assertSameOrRefused(Arrays.copyOf(file, length), content, "length " + length);
            }
        }
    }

    @Test
    void aTruncatedFileOfTooMuchContentIsRefusedByEveryDecoder() {
        byte[] longer = new byte[MAX_BYTES + 100_000];
        byte[] pairs = longer.clone();
        for (int i = 0; i < pairs.length; i += 2) {
            pairs[i] = 1;
        }
        var options = CompressOptions.DEFAULT.withoutChecksum();
        var files =
                List.of(
                        Huffhash.compress(longer, options),
                        Zstd.compress(longer),
                        Zstd.compress(pairs));
        for (byte[] file : files) {
            for (int length = 0; length <= file.length; length++) {
                assertThat(decode(Arrays.copyOf(file, length))).isEmpty();
            }
        }
    }

    @Test
    void whatASeekTableSaysDoesNotMatter() {
        byte[] content = Samples.skewed(random, 200_000, 100, 1.1);
        byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.seekable(1 << 16));
        int tableBytes = 4 * 12 + 9;
        for (int round = 0; round < 50; round++) {
            byte[] table = new byte[tableBytes];
            random.nextBytes(table);
            byte[] hostile = Frames.concat(Arrays.copyOf(file, file.length - tableBytes), table);
            assertThat(decode(hostile)).hasValue(content);
        }
    }

    /** Nobody can tell: that is the price of more than one frame. */
    @Test
    void aSeekableFileCutBetweenFramesIsTakenForAWholeOne() {
        int frames = 3;
        byte[] file = seekable(frames << 16);
        List<Integer> lengths = new ArrayList<>();
        for (int length = 0; length < file.length; length++) {
            Optional<byte[]> content = decode(Arrays.copyOf(file, length));
            content.ifPresent(bytes -> lengths.add(bytes.length));
        }
        assertThat(lengths).containsExactly(1 << 16, 2 << 16, 3 << 16);
    }

    @Test
    void noTruncatedFrameWithoutAChecksumIsTakenForAWholeOne() {
        for (byte[] file : SmallFiles.of(random, CompressOptions.DEFAULT.withoutChecksum())) {
            for (int length = 0; length < file.length; length++) {
                assertThat(decode(Arrays.copyOf(file, length))).as("length %d", length).isEmpty();
            }
        }
    }

    /** Without a checksum other content may come out; but then libzstd gives the same. */
    @Test
    void flippedBitsWithoutAChecksumAreReadAsLibzstdReadsThem() {
        assertFlippedBitsAreReadAsLibzstdReadsThem(SOME);
    }

    @Test
    @Tag("soak")
    void allFlippedBitsWithoutAChecksumAreReadAsLibzstdReadsThem() {
        assertFlippedBitsAreReadAsLibzstdReadsThem(1);
    }

    private void assertFlippedBitsAreReadAsLibzstdReadsThem(int distance) {
        int read = 0;
        int refused = 0;
        try (var libzstd = new Libzstd(MAX_BYTES)) {
            for (byte[] file : uncheckedFiles()) {
                for (int bit = random.nextInt(distance); bit < 8 * file.length; bit += distance) {
                    byte[] damaged = flipped(file, bit);
                    Optional<byte[]> content = decode(damaged);
                    if (Differences.isWindowTooLargeForLibzstd(damaged)) {
                        assertThat(libzstd.decode(damaged)).isEmpty();
                    } else if (content.isPresent()) {
                        read++;
                        assertThat(libzstd.decode(damaged))
                                .as("bit %d of a file of %d bytes", bit, file.length)
                                .hasValue(content.get());
                    } else {
                        refused++;
                    }
                }
            }
        }
        System.out.printf("flipped bits: %d files read, %d refused%n", read, refused);
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    @Test
    void noDeclaredSizeIsBelievedBeforeThereIsDataForIt() {
        List<byte[]> files =
                Frames.join(
                        Testdata.names("errors", ".zst").stream()
                                .map(name -> Testdata.bytes("errors/" + name))
                                .toList(),
                        List.of(
                                Frames.hex("28 B5 2F FD C0 38 FF FF FF FF FF FF FF 7F"),
                                Frames.hex("28 B5 2F FD A0 00 00 00 08 03 00 10 00"),
                                Frames.hex("28 B5 2F FD 00 88 04 00 10 22 FF FF FF FF FF")));
        for (byte[] file : files) {
            long before = allocatedBytes();
            assertThatThrownBy(() -> Decoders.all(file, Integer.MAX_VALUE))
                    .isInstanceOf(HuffhashFormatException.class);
            assertThat(allocatedBytes() - before).isLessThan(4 << 20);
        }
    }

    /** Each declares the size of its content; none is a reason to copy all that came before. */
    @Test
    void manySmallFramesTakeNoMoreThanInProportion() throws HuffhashFormatException {
        int frames = 200_000;
        byte[] frame = Frames.hex("28 B5 2F FD 20 01 09 00 00 61");
        byte[] file = new byte[frames * frame.length];
        for (int i = 0; i < file.length; i++) {
            file[i] = frame[i % frame.length];
        }
        long before = allocatedBytes();
        assertThat(Decoders.all(file, frames)).hasSize(frames).containsOnly('a');
        // about 2,000 a frame as long as nothing is compiled; with copies 100,000
        assertThat(allocatedBytes() - before).isLessThan(10_000L * frames);
    }

    @Test
    void noMoreThanAllowedComesOut() {
        for (byte[] file : SmallFiles.withOthers(random, CompressOptions.DEFAULT)) {
            int length = decode(file).orElseThrow().length;
            for (int less = 1; less <= length; less += 1 + length / 5) {
                int allowed = length - less;
                assertThatThrownBy(() -> Decoders.all(file, allowed))
                        .isInstanceOf(HuffhashFormatException.class)
                        .hasMessageContaining("more than the " + allowed + " bytes allowed");
            }
        }
    }
}
