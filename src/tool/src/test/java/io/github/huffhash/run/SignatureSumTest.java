package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignatureSumTest {
    private static final int P = 2_147_483_647;

    private final SignatureWork.Sum sum = new SignatureWork.Sum();

    @Test
    void withoutBlocksItIsZero() {
        assertThat(sum.signature().value()).isZero();
        sum.accept(new SignatureWork.Hashes(new int[0], 0));
        assertThat(sum.signature().value()).isZero();
    }

    @Test
    void itIsTheSumOfAllHashesModuloThePrime() {
        Random random = Seeds.random();
        BigInteger expected = BigInteger.ZERO;
        long blocks = 0;
        for (int i = 0; i < 500; i++) {
            int[] hashes = random.ints(random.nextInt(100), 0, P).toArray();
            sum.accept(new SignatureWork.Hashes(hashes, 0));
            blocks += hashes.length;
            expected = expected.add(BigInteger.valueOf(Arrays.stream(hashes).asLongStream().sum()));
            assertThat(sum.signature().value())
                    .isEqualTo(expected.mod(BigInteger.valueOf(P)).longValueExact());
            assertThat(sum.signature().blocks()).isEqualTo(blocks);
        }
    }

    @Test
    void theLargestHashesDoNotOverflow() {
        int[] hashes = new int[100_000];
        Arrays.fill(hashes, P - 1);
        for (int i = 0; i < 10; i++) {
            sum.accept(new SignatureWork.Hashes(hashes, 0));
        }
        assertThat(sum.signature().value()).isEqualTo(P - 1_000_000); // each is −1
    }

    @Test
    void aSumOfExactlyThePrimeIsZero() {
        sum.accept(new SignatureWork.Hashes(new int[] {P - 5}, 0));
        sum.accept(new SignatureWork.Hashes(new int[] {5}, 0));
        assertThat(sum.signature().value()).isZero();
    }
}
