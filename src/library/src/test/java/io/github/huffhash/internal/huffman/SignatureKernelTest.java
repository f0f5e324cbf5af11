package io.github.huffhash.internal.huffman;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds the kernel to the plain tree. One kernel serves a whole test: it must not remember. */
class SignatureKernelTest {
    private final SignatureKernel kernel = new SignatureKernel();

    @Test
    void alphabetsOfEverySizeHashAsThePlainTreeDoes() {
        Counts.forEachAlphabet(Seeds.random(), this::assertSameHash);
    }

    @Test
    void countsOfSpecialShapesHashAsThePlainTreeDoes() {
        Counts.special(Seeds.random())
                .forEach((name, counts) ->
                        assertThat(kernel.hash(counts)).as(name).isEqualTo(PlainTree.hash(counts)));
    }

    @Test
    void randomBlocksOfTheUsualSizeHashAsThePlainTreeDoes() {
        Random random = Seeds.random();
        for (int i = 0; i < 2000; i++) {
            int symbols = 1 + random.nextInt(256);
            int[] counts = new int[256];
            for (int b = 1 + random.nextInt(1024); b > 0; b--) {
                counts[random.nextInt(symbols)]++;
            }
            assertSameHash(counts);
        }
    }

    @Test
    void hashingLeavesTheCountsAlone() {
        int[] counts = Counts.summingTo(Seeds.random(), 100, 1024);
        int[] before = counts.clone();
        kernel.hash(counts);
        assertThat(counts).isEqualTo(before);
    }

    @Test
    void aHashDoesNotDependOnWhatWasHashedBefore() {
        Random random = Seeds.random();
        int[] first = Counts.summingTo(random, 200, 1024);
        int[] second = Counts.summingTo(random, 3, 1 << 20);
        int alone = new SignatureKernel().hash(first);
        kernel.hash(second);
        assertThat(kernel.hash(first)).isEqualTo(alone);
        assertThat(kernel.hash(first)).isEqualTo(alone);
    }

    private void assertSameHash(int[] counts) {
        assertThat(kernel.hash(counts)).as("%s", counts).isEqualTo(PlainTree.hash(counts));
    }
}
