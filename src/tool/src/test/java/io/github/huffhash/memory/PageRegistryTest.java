package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRegistryTest {
    private static final long PAGE_BYTES = 16 << 10;
    private static final int LEAST_POINTERS = 4096;

    private static int[] pagesOf(PageRegistry registry, long[] pointers) {
        return Arrays.stream(pointers).mapToInt(registry::search).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 4096, 8192})
    void pointersInOrderGoThroughAllPagesEvenly(int number) {
        var registry = new PageRegistry(number, 1);
        long[] pointers = registry.pointers(false, 2);
        int each = Math.max(1, LEAST_POINTERS / number);
        assertThat(pagesOf(registry, pointers))
                .isEqualTo(IntStream.range(0, number * each).map(i -> i / each).toArray());
        assertThat(Arrays.stream(pointers).map(it -> it % PAGE_BYTES).distinct().count())
                .isGreaterThan(LEAST_POINTERS / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 4096})
    void shuffledPointersGoToPagesAtRandom(int number) {
        var registry = new PageRegistry(number, 1);
        int[] pages = pagesOf(registry, registry.pointers(true, 2));
        assertThat(pages).hasSize(LEAST_POINTERS);
        assertThat(Arrays.stream(pages)).allMatch(page -> page >= 0 && page < number);
        assertThat(Arrays.stream(pages).distinct().count()).isGreaterThan(number / 2);
        assertThat(pages).isNotEqualTo(Arrays.stream(pages).sorted().toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 512, 4096})
    void theHashTableFindsWhatTheSearchFinds(int number) {
        var registry = new PageRegistry(number, 3);
        long[] pointers = registry.pointers(false, 4);
        for (long pointer : pointers) {
            assertThat(registry.find(pointer)).isEqualTo(registry.search(pointer));
            long start = pointer - pointer % PAGE_BYTES;
            assertThat(registry.find(start)).isEqualTo(registry.find(pointer));
            assertThat(registry.find(start + PAGE_BYTES - 1)).isEqualTo(registry.find(pointer));
            long foreign = pointer + (1L << 50);
            assertThat(registry.search(foreign)).isEqualTo(-1);
            assertThat(registry.find(foreign)).isEqualTo(-1);
        }
        assertThat(registry.search(0)).isEqualTo(-1); // as empty slots have it
        assertThat(registry.find(0)).isEqualTo(-1);
    }
}
