package io.github.huffhash.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.huffhash.BlockHasher;
import io.github.huffhash.Seeds;
import io.github.huffhash.internal.huffman.Counts;
import io.github.huffhash.internal.huffman.PlainTree;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapFullException;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.PoolHeap;
import io.github.huffhash.memory.TestHeap;
import io.github.huffhash.memory.ThreadAllocator;
import io.github.huffhash.memory.strategy.Strategy;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The tree in the heap against the plain tree of objects, and against the library's hasher. */
class ReferenceTreeTest {
    private static final int HEAP_BYTES = 2 << 20;

    private final TestHeap heap = TestHeap.ofBytes(HEAP_BYTES);
    private final ReferenceTree tree = new ReferenceTree(heap.memory(), heap.unlocked());

    /** Bytes with these counts, in random order. */
    private static byte[] bytes(int[] counts, Random random) {
        byte[] bytes = new byte[Arrays.stream(counts).sum()];
        int at = 0;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            Arrays.fill(bytes, at, at + counts[symbol], (byte) symbol);
            at += counts[symbol];
        }
        for (int i = bytes.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            byte swapped = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = swapped;
        }
        return bytes;
    }

    private static int hash(ReferenceTree tree, byte[] block) {
        tree.load(block, block.length);
        tree.count();
        tree.build();
        return tree.hash();
    }

    private void assertSameHash(int[] counts, Random random) {
        byte[] block = bytes(counts, random);
        var hasher = new BlockHasher();
        hasher.count(block, 0, block.length);
        int hash = hash(tree, block);
        assertThat(hash).as("%s", counts).isEqualTo(PlainTree.hash(counts));
        assertThat(hash).isEqualTo(hasher.hash());
        assertThat(heap.isOneFreeChunk()).isTrue();
    }

    @Test
    void alphabetsOfEverySizeHashAsThePlainTreeAndTheLibrary() {
        Random random = Seeds.random();
        Counts.forEachAlphabet(random, counts -> assertSameHash(counts, random));
    }

    @Test
    void countsOfSpecialShapesHashAsThePlainTreeAndTheLibrary() {
        Random random = Seeds.random();
        Counts.special(random).values().stream()
                .filter(counts -> Arrays.stream(counts).sum() <= ReferenceTree.MAX_BLOCK_BYTES)
                .forEach(counts -> assertSameHash(counts, random));
    }

    @Test
    void randomBlocksHashAsTheLibrarySays() {
        Random random = Seeds.random();
        var hasher = new BlockHasher();
        for (int i = 0; i < 3000; i++) {
            byte[] block = new byte[1 + random.nextInt(1 << random.nextInt(12))];
            int symbols = 1 + random.nextInt(256);
            for (int at = 0; at < block.length; at++) {
                block[at] = (byte) (random.nextInt(symbols) * random.nextDouble());
            }
            hasher.count(block, 0, block.length);
            assertThat(hash(tree, block)).isEqualTo(hasher.hash());
        }
    }

    @Test
    void blocksOfEveryLengthAreLoadedAndCountedToTheirLastByte() {
        Random random = Seeds.random();
        byte[] bytes = new byte[300];
        random.nextBytes(bytes);
        for (int length = 1; length <= bytes.length; length++) {
            tree.load(bytes, length);
            tree.count();
            assertThat(tree.counts()).isEqualTo(PlainTree.count(bytes, 0, length));
            tree.build();
            tree.cost();
        }
    }

    @Test
    void theBytesOfABlockLieInTheHeapInTheirOrder() {
        byte[] block = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        tree.load(block, block.length);
        assertThat(heap.memory().get(16)).isEqualTo(0x0807060504030201L);
        assertThat(heap.memory().get(24)).isEqualTo(9);
        assertThat(heap.allocator().liveBytes()).isEqualTo(32);
    }

    @Test
    void theCostIsThatOfTheFrequenciesOfAllInnerNodes() {
        byte[] block = {1, 2, 2, 3, 3, 3, 3}; // depths 2, 2 and 1
        tree.load(block, block.length);
        tree.count();
        tree.build();
        assertThat(tree.cost()).isEqualTo(2 + 2 * 2 + 4);
        assertThat(heap.isOneFreeChunk()).isTrue();
    }

    @Test
    void aTreeTakesTheMinHeapItsArrayAndTheNodesAndFreesAllOfIt() {
        Random random = Seeds.random();
        for (int symbols = 1; symbols <= 256; symbols++) {
            var fresh = TestHeap.ofBytes(HEAP_BYTES);
            ThreadAllocator allocator = fresh.unlocked();
            int nodes = 2 * symbols - 1;
            var freshTree = new ReferenceTree(fresh.memory(), allocator);
            byte[] block = bytes(Counts.summingTo(random, symbols, 1024), random);
            freshTree.load(block, block.length);
            freshTree.count();
            freshTree.build();
            assertThat(fresh.allocator().liveBytes()).isEqualTo(1040 + nodes * 48L);

            freshTree.hash();
            assertThat(allocator.counters().allocations()).isEqualTo(nodes + 3);
            assertThat(allocator.counters().frees()).isEqualTo(nodes + 3);
            assertThat(fresh.allocator().peakBytes()).isEqualTo(1040 + 32 + 2064 + nodes * 48L);
            assertThat(fresh.isOneFreeChunk()).isTrue();
        }
    }

    @Test
    void aFragmentedHeapFullOfOldBytesMakesNoDifference() {
        Random random = Seeds.random();
        var memory = HeapMemory.ofBytes(HEAP_BYTES);
        for (long at = 0; at < HEAP_BYTES; at += Long.BYTES) {
            memory.set(at, random.nextLong());
        }
        var fragmented = TestHeap.in(memory, 16);
        long[] chunks = new long[300];
        Arrays.setAll(chunks, _ -> fragmented.allocator().allocate(1 + random.nextInt(100)));
        for (int i = 0; i < 300; i += 2) {
            fragmented.allocator().free(chunks[i]);
        }
        var treeInHoles = new ReferenceTree(fragmented.memory(), fragmented.unlocked());
        for (int symbols = 1; symbols <= 256; symbols++) {
            int[] counts = Counts.summingTo(random, symbols, symbols + random.nextInt(5000));
            assertThat(hash(treeInHoles, bytes(counts, random))).isEqualTo(PlainTree.hash(counts));
        }
        for (int i = 1; i < 300; i += 2) {
            fragmented.allocator().free(chunks[i]);
        }
        assertThat(fragmented.isOneFreeChunk()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "16, true",
        "1024, true",
        "2064, true",
        "16384, true",
        "18416, false",
        "32768, false"
    })
    void nodesInAPoolAndNodesInTheHeapMakeOneTree(long poolBytes, boolean largeTreesFallBack)
            throws InterruptedException {
        Random random = Seeds.random();
        try (Heap pools = new PoolHeap(HEAP_BYTES, poolBytes, 1)) {
            ThreadAllocator allocator = pools.attach();
            var pooledTree = new ReferenceTree(pools.memory(), allocator);
            for (int symbols = 1; symbols <= 256; symbols++) {
                int[] counts = Counts.summingTo(random, symbols, 1024);
                try (var _ = allocator.reserve(ReferenceTree.demand(1024), symbols)) {
                    assertThat(hash(pooledTree, bytes(counts, random)))
                            .isEqualTo(PlainTree.hash(counts));
                }
                assertThat(pools.freeSpace().totalBytes()).isEqualTo(pools.capacity());
            }
            assertThat(allocator.counters().cacheMisses() > 0).isEqualTo(largeTreesFallBack);
        }
    }

    /** Wherever it runs out of room, all it had is freed, and it can begin again. */
    @ParameterizedTest
    @EnumSource
    void aBlockThatFindsNoRoomFreesAllItHasAndCanBeDoneLater(Strategy strategy) {
        Random random = Seeds.random();
        byte[] block = bytes(Counts.summingTo(random, 200, 1024), random);
        try (Heap shared = strategy.open(1 << 20)) {
            var full = new FillingAllocator(shared.attach(), shared);
            var fullTree = new ReferenceTree(shared.memory(), full);
            for (int room = 0; room < 402; room++) {
                full.room = room;
                assertThatExceptionOfType(HeapFullException.class)
                        .as("room for %d pieces", room)
                        .isThrownBy(() -> hash(fullTree, block));
                assertThat(full.live).as("pieces left").isZero();
                shared.recycle(); // an arena's frees give nothing back
            }
            full.room = 402;
            assertThat(hash(fullTree, block))
                    .isEqualTo(PlainTree.hash(PlainTree.count(block, 0, block.length)));
            assertThat(full.live).isZero();
        }
    }

    /** Has room for a number of pieces at once. */
    private static final class FillingAllocator extends ThreadAllocator {
        private final ThreadAllocator allocator;
        private int room;
        private int live;

        FillingAllocator(ThreadAllocator allocator, Heap shared) {
            super(shared, 1);
            this.allocator = allocator;
        }

        @Override
        public long allocate(long bytes) {
            if (live == room) {
                return HeapMemory.NULL;
            }
            live++;
            return allocator.allocate(bytes);
        }

        @Override
        public void free(long offset) {
            live--;
            allocator.free(offset);
        }

        @Override
        public long usableSize(long offset, long requested) {
            return allocator.usableSize(offset, requested);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "255, 509", "256, 511", "257, 511", "1024, 511", "1048576, 511"})
    void aBlockHasAtMostTwiceAsManyNodesAsSymbolsButOne(int blockBytes, int nodes) {
        assertThat(ReferenceTree.maxNodes(blockBytes)).isEqualTo(nodes);
    }

    /** Each piece has a header of 16 bytes; 16 and 2048 are the min-heap's. */
    @ParameterizedTest
    @CsvSource({
        "1, 2176", // 32 + 32 + 2064 + 1 × 48
        "16, 3616", // 32 + 32 + 2064 + 31 × 48
        "17, 3728", // 48 + 32 + 2064 + 33 × 48
        "256, 26896", // 272 + 32 + 2064 + 511 × 48
        "1024, 27664"
    })
    void theDemandOfABlockCoversItsBytesTheMinHeapAndEveryNode(int length, long bytes) {
        assertThat(ReferenceTree.demand(length).footprint()).isEqualTo(bytes);
    }
}
