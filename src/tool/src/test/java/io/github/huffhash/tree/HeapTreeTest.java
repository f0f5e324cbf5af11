package io.github.huffhash.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import io.github.huffhash.internal.huffman.Counts;
import io.github.huffhash.internal.huffman.PlainTree;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.memory.PoolAllocator;
import io.github.huffhash.memory.Reservation;
import io.github.huffhash.memory.TestHeap;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the tree in simulated memory to the plain tree. */
class HeapTreeTest {
    private static final int HEAP_BYTES = 64 << 10;

    private final TestHeap heap = TestHeap.ofBytes(HEAP_BYTES);
    private final HeapTree tree = new HeapTree(heap.memory(), heap.allocator());

    @Test
    void alphabetsOfEverySizeHashAsThePlainTreeDoes() {
        Counts.forEachAlphabet(Seeds.random(), this::assertSameHash);
    }

    @Test
    void countsOfSpecialShapesHashAsThePlainTreeDoes() {
        Counts.special(Seeds.random()).values().forEach(this::assertSameHash);
    }

    @Test
    void aTreeTakesTheQueueItsArrayAndTheNodesAndGivesAllOfItBack() {
        Random random = Seeds.random();
        for (int symbols = 1; symbols <= 256; symbols++) {
            var fresh = TestHeap.ofBytes(HEAP_BYTES);
            int nodes = 2 * symbols - 1;
            var freshTree = new HeapTree(fresh.memory(), fresh.allocator());

            long root = freshTree.build(Counts.summingTo(random, symbols, 1024));
            assertThat(fresh.allocator().liveBytes()).isEqualTo(nodes * 48L);

            freshTree.hashAndFree(root);
            Counters statistics = fresh.allocator().counters();
            assertThat(statistics.allocations()).isEqualTo(nodes + 2);
            assertThat(statistics.frees()).isEqualTo(nodes + 2);
            assertThat(fresh.allocator().peakBytes()).isEqualTo(32 + 2064 + nodes * 48L);
            assertThat(fresh.allocator().isOneFreeChunk()).isTrue();
        }
    }

    @Test
    void aFragmentedHeapFullOfOldBytesMakesNoDifference() {
        Random random = Seeds.random();
        byte[] noise = new byte[HEAP_BYTES];
        random.nextBytes(noise);
        var segment = MemorySegment.ofArray(new long[HEAP_BYTES / 8]);
        MemorySegment.copy(MemorySegment.ofArray(noise), 0, segment, 0, HEAP_BYTES);
        var fragmented = TestHeap.in(segment, 16);
        long[] chunks = new long[300];
        Arrays.setAll(chunks, _ -> fragmented.allocator().allocate(1 + random.nextInt(100)));
        for (int i = 0; i < 300; i += 2) {
            fragmented.allocator().free(chunks[i]);
        }
        var treeInHoles = new HeapTree(fragmented.memory(), fragmented.allocator());
        Counts.forEachAlphabet(
                random,
                counts ->
                        assertThat(treeInHoles.hashAndFree(treeInHoles.build(counts)))
                                .isEqualTo(PlainTree.hash(counts)));
        for (int i = 1; i < 300; i += 2) {
            fragmented.allocator().free(chunks[i]);
        }
        assertThat(fragmented.allocator().isOneFreeChunk()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "16, true",
        "1024, true",
        "2064, true",
        "16384, true",
        "18416, false",
        "32768, false"
    })
    void nodesInAPoolAndNodesInTheHeapMakeOneTree(long poolBytes, boolean largeTreesFallBack) {
        Random random = Seeds.random();
        var shared = TestHeap.in(TestHeap.ofBytes(HEAP_BYTES).segment(), poolBytes);
        var pool = shared.pools(1, poolBytes, 1);
        var pooledTree = new HeapTree(shared.memory(), pool);
        var demand = HeapDemand.of(511, 1024, 16, 2048);
        Counts.forEachAlphabet(
                random,
                counts -> {
                    try (var _ = reserve(pool, demand)) {
                        long block = pool.allocate(1024);
                        assertThat(pooledTree.hashAndFree(pooledTree.build(counts)))
                                .isEqualTo(PlainTree.hash(counts));
                        pool.free(block);
                    }
                    assertThat(shared.allocator().isOneFreeChunk()).isTrue();
                });
        assertThat(pool.counters().cacheMisses() > 0).isEqualTo(largeTreesFallBack);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "255, 509", "256, 511", "257, 511", "1024, 511", "1048576, 511"})
    void aBlockHasAtMostTwiceAsManyNodesAsSymbolsButOne(int blockBytes, int nodes) {
        assertThat(HeapTree.maxNodes(blockBytes)).isEqualTo(nodes);
    }

    private static Reservation reserve(PoolAllocator pool, HeapDemand demand) {
        try {
            return pool.reserve(demand, 0);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertSameHash(int[] counts) {
        long root = tree.build(counts);
        assertThat(tree.hashAndFree(root)).as("%s", counts).isEqualTo(PlainTree.hash(counts));
        assertThat(heap.allocator().isOneFreeChunk()).isTrue();
    }
}
