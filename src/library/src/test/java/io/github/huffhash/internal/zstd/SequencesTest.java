package io.github.huffhash.internal.zstd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequencesTest {
    private static final int MOST = Limits.MAX_BLOCK_BYTES / Sequences.MIN_MATCH;

    @Test
    void roomIsDoubledButNotBeyondWhatABlockCanHave() {
        var sequences = new Sequences();
        sequences.reserve(1000);
        sequences.reserve(1001);
        assertThat(sequences.numbers).hasSize(2000 * Sequences.STRIDE);
        sequences.reserve(30_000);
        sequences.reserve(30_001);
        assertThat(sequences.numbers).hasSize(MOST * Sequences.STRIDE);
        sequences.reserve(MOST);
        assertThat(sequences.numbers).hasSize(MOST * Sequences.STRIDE);
    }
}
