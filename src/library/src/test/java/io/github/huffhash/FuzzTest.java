package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random files give content or a {@link HuffhashFormatException}, and libzstd agrees. */
class FuzzTest {
    private static final int MAX_BYTES = 1 << 18;

    private final Random random = Seeds.random();
    private final Mutations mutations =
            new Mutations(
                    random,
                    SmallFiles.withOthers(random, CompressOptions.DEFAULT.withoutChecksum()));

    /** What files were refused for, without numbers. */
    private final Set<String> reasons = new HashSet<>();

    @Test
    void damagedFilesAreReadAsLibzstdReadsThem() {
        compare(20_000, mutations::damaged);
    }

    @Test
    void randomBytesAreReadAsLibzstdReadsThem() {
        compare(10_000, mutations::begun);
    }

    @Test
    void madeUpBlocksAreReadAsLibzstdReadsThem() {
        compare(10_000, mutations::madeUp);
    }

    @Test
    @Tag("soak")
    void aMillionFilesOfEachKindAreReadAsLibzstdReadsThem() {
        compare(1_000_000, mutations::damaged);
        compare(1_000_000, mutations::begun);
        compare(1_000_000, mutations::madeUp);
    }

    private void compare(int rounds, Supplier<byte[]> files) {
        int read = 0;
        try (var libzstd = new Libzstd(MAX_BYTES)) {
            for (int round = 0; round < rounds; round++) {
                read += compare(files.get(), libzstd) ? 1 : 0;
            }
        }
        System.out.printf(
                "%d of %d files read, the others refused for %d reasons%n",
                read, rounds, reasons.size());
        assertThat(read).isPositive();
        assertThat(reasons).hasSizeGreaterThan(10);
    }

    /** Whether the file could be read. */
    private boolean compare(byte[] file, Libzstd libzstd) {
        Optional<byte[]> other = libzstd.decode(file);
        try {
            byte[] content = Decoders.all(file, MAX_BYTES);
            if (other.isEmpty() || !Arrays.equals(content, other.get())) {
                assertThat(other.isEmpty() && Differences.isWindowTooLargeForLibzstd(file))
                        .as(HexFormat.of().formatHex(file))
                        .isTrue();
            }
            return true;
        } catch (HuffhashFormatException e) {
            String reason = e.reason();
            if (other.isPresent()) {
                assertThat(Differences.ofRefused(reason))
                        .as("%s: %s", reason, HexFormat.of().formatHex(file))
                        .isPresent();
            }
            reasons.add(reason.replaceAll("[0-9a-f]{8}|[0-9]+", ""));
            return false;
        }
    }
}
