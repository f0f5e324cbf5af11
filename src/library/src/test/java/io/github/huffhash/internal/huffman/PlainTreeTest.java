package io.github.huffhash.internal.huffman;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds the yardstick itself to trees that are hashed by hand. */
class PlainTreeTest {
    @Test
    void oneSymbolIsALeaf() {
        assertThat(hash("A".getBytes(US_ASCII))).isEqualTo(66);
    }

    @Test
    void twoSymbolsHaveTheRarerOneOnTheLeft() {
        // root 3, left b (1), right a (2)
        long expected = (3L * 31 + 1 + 'b') * 31 + 2 + 'a';
        assertThat(hash(new byte[] {'a', 'b', 'a'})).isEqualTo((int) expected);
    }

    @Test
    void ofTwoEqualSymbolsTheSecondHasRisenPastTheFirst() {
        // pushing b after a swaps them, so b is popped first
        long expected = (2L * 31 + 1 + 'b') * 31 + 1 + 'a';
        assertThat(hash(new byte[] {'a', 'b'})).isEqualTo((int) expected);
    }

    @Test
    void blocksOfKnownHashHaveIt() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        assertThat(hash(all)).isEqualTo(90_270_473);
        byte[] alternating = new byte[1024];
        for (int i = 0; i < 1024; i++) {
            alternating[i] = (byte) (i % 2 == 0 ? 'a' : 'b');
        }
        assertThat(hash(alternating)).isEqualTo(1_003_583);
        byte[] uniform = new byte[1025];
        new Random(1025).nextBytes(uniform);
        assertThat(PlainTree.hash(PlainTree.count(uniform, 0, 1024))).isEqualTo(815_763_189);
        assertThat(PlainTree.hash(PlainTree.count(uniform, 1024, 1))).isEqualTo(202);
    }

    private static int hash(byte[] bytes) {
        return PlainTree.hash(PlainTree.count(bytes, 0, bytes.length));
    }
}
