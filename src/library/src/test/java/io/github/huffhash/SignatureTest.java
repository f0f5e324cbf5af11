package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.internal.huffman.PlainTree;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureTest {
    private static final long MODULUS = 2_147_483_647;

    private final Random random = Seeds.random();

    /** Block by block, by trees that are built. */
    private static long plain(byte[] bytes, int from, int length, int blockBytes) {
        long sum = 0;
        for (int at = 0; at < length; at += blockBytes) {
            int block = Math.min(blockBytes, length - at);
            sum = (sum + PlainTree.hash(PlainTree.count(bytes, from + at, block))) % MODULUS;
        }
        return sum;
    }

    @Test
    void aRangeIsTheSumOfItsBlocksHashes() {
        byte[] bytes = Samples.skewed(random, 50_000, 256, 1.02);
        for (int blockBytes : new int[] {1, 7, 1024, 4096, 60_000, 1 << 20}) {
            int from = random.nextInt(1000);
            int length = random.nextInt(40_000);
            var signature = Signature.of(bytes, from, length, blockBytes);
            assertThat(signature.value()).isEqualTo(plain(bytes, from, length, blockBytes));
            assertThat(signature.blocks()).isEqualTo((length + blockBytes - 1) / blockBytes);
        }
    }

    @Test
    void rangesThatFollowEachOtherAddUp() {
        byte[] bytes = Samples.skewed(random, 100_000, 256, 1);
        var whole = Signature.of(bytes, 0, bytes.length, 1024);
        int cut = 1024 * random.nextInt(98);
        var parts =
                Signature.of(bytes, 0, cut, 1024)
                        .plus(Signature.of(bytes, cut, bytes.length - cut, 1024));
        assertThat(parts).isEqualTo(whole).hasSameHashCodeAs(whole).hasToString(whole.toString());
        assertThat(whole.plus(Signature.EMPTY)).isEqualTo(whole);
        assertThat(Signature.EMPTY.plus(whole)).isEqualTo(whole);
        assertThat(whole.plus(whole)).isNotEqualTo(whole);
        assertThat(whole.plus(whole).blocks()).isEqualTo(2 * whole.blocks());
        assertThat(whole).hasToString(Long.toString(whole.value()));
        assertThat(whole.hashCode()).isNotEqualTo(Signature.EMPTY.hashCode());
    }

    @Test
    void hashesOfBlocksAddUpToTheSameSignature() {
        byte[] bytes = Samples.skewed(random, 5000, 100, 1.1);
        int[] hashes = new int[5];
        var hasher = new BlockHasher();
        for (int i = 0; i < 5; i++) {
            hasher.count(bytes, 1000 * i, 1000);
            hashes[i] = hasher.hash();
            assertThat(hasher.hash()).isEqualTo(hashes[i]);
        }
        assertThat(Signature.ofHashes(hashes)).isEqualTo(Signature.of(bytes, 0, 5000, 1000));
        assertThat(Signature.ofHashes()).isEqualTo(Signature.EMPTY);
        int most = Integer.MAX_VALUE - 1;
        assertThat(Signature.ofHashes(most, most).value()).isEqualTo(2L * most % MODULUS);
        assertThat(Signature.ofHashes(1)).isNotEqualTo(Signature.ofHashes(0, 1));
    }

    private static Stream<String> fixtures() {
        return Testdata.names("", ".bin").stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void goldenFilesHaveTheirSignature(String name) {
        byte[] bytes = Testdata.bytes(name);
        assertThat(Signature.of(bytes, 0, bytes.length, Signature.DEFAULT_BLOCK_BYTES).value())
                .isEqualTo(plain(bytes, 0, bytes.length, 1024));
    }

    @Test
    void whatIsNotABlockIsRefused() {
        var hasher = new BlockHasher();
        assertThatThrownBy(hasher::hash).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Signature.of(new byte[10], 5, 6, 1024))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Signature.of(new byte[10], -1, 0, 1024))
                .isInstanceOf(IndexOutOfBoundsException.class);
        byte[] bytes = new byte[(1 << 20) + 1];
        for (int length : new int[] {0, bytes.length}) {
            assertThatThrownBy(() -> hasher.count(bytes, 0, length))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> hasher.count(bytes, bytes.length - 4, 5))
                .isInstanceOf(IndexOutOfBoundsException.class);
        hasher.count(bytes, 1, 1 << 20);
        assertThat(hasher.hash()).isEqualTo(1 << 20);
        for (int blockBytes : new int[] {-1, 0, bytes.length}) {
            assertThatThrownBy(() -> Signature.of(bytes, 0, 10, blockBytes))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int hash : new int[] {-1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> Signature.ofHashes(hash))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
