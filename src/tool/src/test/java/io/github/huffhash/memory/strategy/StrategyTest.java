package io.github.huffhash.memory.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrategyTest {
    @Test
    void everyStrategyIsFoundByItsLabelAndSummedUpInWordsOfItsOwn() {
        for (Strategy strategy : Strategy.values()) {
            assertThat(Strategy.named(strategy.label())).contains(strategy);
        }
        assertThat(Strategy.named("first-fit-walk")).contains(Strategy.FIRST_FIT_WALK);
        assertThat(Strategy.named("FIRST_FIT")).isEmpty();
        assertThat(Arrays.stream(Strategy.values()).map(Strategy::summary))
                .doesNotHaveDuplicates()
                .allMatch(summary -> summary.length() > 10);
    }

    @Test
    void someAreNotInAHeapAndSomeAreTheReferencesList() {
        assertThat(Strategy.values())
                .filteredOn(strategy -> !strategy.hasHeap())
                .containsExactly(Strategy.MALLOC, Strategy.JAVA);
        assertThat(Strategy.values())
                .filteredOn(Strategy::isFirstFit)
                .containsExactly(Strategy.FIRST_FIT, Strategy.FIRST_FIT_WALK);
    }

    @Test
    void variantsHaveLabelsAndHeapsOfTheirOwn() {
        assertThat(Variant.TIERS)
                .extracting(HeapKind::label)
                .isEqualTo(List.of("none", "to 1K", "to 32K", "to 1M"));
        assertThat(Variant.TIERS).allMatch(HeapKind::hasHeap);
        assertThat(Variant.CALLOC.hasHeap()).isFalse();
        try (var heap = Variant.CALLOC.open(1 << 20)) {
            long piece = heap.attach().allocate(1024);
            assertThat(heap.memory().get(piece + 1016)).isZero();
        }
    }
}
