package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How much of what was written to a stream is not in the file yet: a few units for each worker, and
 * never more because the content is longer. Content is noise, which is as long in the file.
 */
class HeldContentTest {
    private static final int UNIT = 4096;
    private static final int UNITS = 400;
    private static final int FRAME = 20 * UNIT;

    private final Random random = Seeds.random();
    private final byte[] content = Samples.skewed(random, UNITS * UNIT, 256, 1);
    private final CompressOptions options = CompressOptions.DEFAULT.withUnitBytes(UNIT);

    /** Writes unit after unit and gives the most bytes that were held back. */
    private int mostHeld(CompressOptions settings, Workers workers, OptionalLong announced)
            throws IOException {
        var file = new ByteArrayOutputStream();
        int most = 0;
        try (var out = new HuffhashOutputStream(file, settings, workers, announced)) {
            for (int at = 0; at < content.length; at += UNIT) {
                out.write(content, at, UNIT);
                most = Math.max(most, at + UNIT - file.size());
            }
        }
        assertThat(Huffhash.decompress(file.toByteArray(), content.length)).isEqualTo(content);
        return most;
    }

    private OptionalLong known() {
        return OptionalLong.of(content.length);
    }

    /** The last unit is held because it may be the last of the file. */
    @Test
    void oneUnitIsHeldOfAFrameWhoeverSaysHowLongItIs() throws IOException {
        assertThat(mostHeld(options, Workers.CALLER, OptionalLong.empty()))
                .isLessThanOrEqualTo(2 * UNIT);
        assertThat(mostHeld(options, Workers.CALLER, known())).isLessThanOrEqualTo(2 * UNIT);
    }

    @Test
    void oneUnitIsHeldOfASeekableFileOfKnownSize() throws IOException {
        assertThat(mostHeld(options.seekable(FRAME), Workers.CALLER, known()))
                .isLessThanOrEqualTo(2 * UNIT);
    }

    @Test
    void aFrameIsHeldOfASeekableFileOfUnknownSize() throws IOException {
        assertThat(mostHeld(options.seekable(FRAME), Workers.CALLER, OptionalLong.empty()))
                .isBetween(FRAME - 2 * UNIT, FRAME);
    }

    @Test
    void oneUnitIsHeldIfNoThreadHelps() throws IOException {
        var workers =
                Workers.on(
                        task -> {
                            throw new RejectedExecutionException();
                        },
                        4);
        assertThat(mostHeld(options, workers, OptionalLong.empty())).isLessThanOrEqualTo(2 * UNIT);
    }

    private static Stream<Workers> workers() {
        return Stream.of(Workers.threads(1), Workers.threads(2), Workers.on(task -> {}, 2));
    }

    @ParameterizedTest
    @MethodSource("workers")
    void workersHoldAFewUnitsEach(Workers workers) throws IOException {
        for (OptionalLong size : new OptionalLong[] {OptionalLong.empty(), known()}) {
            assertThat(mostHeld(options, workers, size))
                    .isLessThanOrEqualTo((2 + 20 * workers.count()) * UNIT);
        }
    }
}
