package io.github.huffhash.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final int P = 2_147_483_647;

    private final Signature signature = new Signature();

    @Test
    void withoutBlocksItIsZero() {
        assertThat(signature.value()).isZero();
        signature.add(new BlockHashes(new int[0], 0));
        assertThat(signature.value()).isZero();
    }

    @Test
    void itIsTheSumOfAllHashesModuloThePrime() {
        Random random = Seeds.random();
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < 500; i++) {
            int[] hashes = random.ints(random.nextInt(100), 0, P).toArray();
            signature.add(new BlockHashes(hashes, 0));
            sum = sum.add(BigInteger.valueOf(Arrays.stream(hashes).asLongStream().sum()));
            assertThat(signature.value())
                    .isEqualTo(sum.mod(BigInteger.valueOf(P)).longValueExact());
        }
    }

    @Test
    void theLargestHashesDoNotOverflow() {
        int[] hashes = new int[100_000];
        Arrays.fill(hashes, P - 1);
        for (int i = 0; i < 10; i++) {
            signature.add(new BlockHashes(hashes, 0));
        }
        assertThat(signature.value()).isEqualTo(P - 1_000_000); // each is −1
    }

    @Test
    void aSumOfExactlyThePrimeIsZero() {
        signature.add(new BlockHashes(new int[] {P - 5}, 0));
        signature.add(new BlockHashes(new int[] {5}, 0));
        assertThat(signature.value()).isZero();
    }
}
