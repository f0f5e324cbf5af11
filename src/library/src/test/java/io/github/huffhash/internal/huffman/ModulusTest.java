package io.github.huffhash.internal.huffman;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reduction modulo 2³¹ − 1, compared with the remainder operator. */
class ModulusTest {
    private static final long P = 2_147_483_647;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, P, 2 * P, 3 * P, P * P, (P - 1) * P, 1L << 31, 1L << 32, 1L << 62})
    void valuesAroundBordersReduceToTheRemainder(long border) {
        for (long x = Math.max(0, border - 40); x < border + 40; x++) {
            assertThat(SignatureKernel.reduce(x)).as("%d", x).isEqualTo(x % P);
        }
    }

    @Test
    void theLargestValuesReduceToTheRemainder() {
        for (long x = Long.MAX_VALUE; x > Long.MAX_VALUE - 100; x--) {
            assertThat(SignatureKernel.reduce(x)).as("%d", x).isEqualTo(x % P);
        }
        long largestMultiple = Long.MAX_VALUE / P * P;
        assertThat(SignatureKernel.reduce(largestMultiple)).isZero();
        assertThat(SignatureKernel.reduce(largestMultiple - 1)).isEqualTo(P - 1);
    }

    @Test
    void randomValuesOfEveryLengthReduceToTheRemainder() {
        Random random = Seeds.random();
        for (int i = 0; i < 100_000; i++) {
            long x = random.nextLong() >>> 1 >>> random.nextInt(63);
            if (SignatureKernel.reduce(x) != x % P) {
                assertThat(SignatureKernel.reduce(x)).as("%d", x).isEqualTo(x % P);
            }
        }
    }
}
