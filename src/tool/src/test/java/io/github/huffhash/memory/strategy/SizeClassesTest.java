package io.github.huffhash.memory.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SizeClassesTest {
    private final SizeClasses classes = new SizeClasses(1 << 14, 16, 48, 64, 96, 512, 1024);

    @Test
    void theClassesAreTheSmallOnesAndPowersOfTwoBeyond() {
        assertThat(IntStream.range(0, classes.count()).map(classes::bytes))
                .containsExactly(16, 48, 64, 96, 512, 1024, 2048, 4096, 8192, 16_384);
        assertThat(classes.largest()).isEqualTo(16_384);
        assertThat(new SizeClasses(2048, 1024).count()).isEqualTo(2);
    }

    @Test
    void aRequestHasTheSmallestClassThatHoldsIt() {
        for (int request = 1; request <= classes.largest(); request++) {
            int sizeClass = classes.of(request);
            assertThat(classes.bytes(sizeClass)).as("%d", request).isGreaterThanOrEqualTo(request);
            if (sizeClass > 0) {
                assertThat(classes.bytes(sizeClass - 1)).as("%d", request).isLessThan(request);
            }
        }
    }
}
