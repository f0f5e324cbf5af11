package io.github.huffhash.memory;

import static io.github.huffhash.memory.HeapMemory.NULL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A block that was admitted gets all its nodes, and one that was not leaves no trace. */
class AdmissionTest {
    @ParameterizedTest
    @ValueSource(longs = {512, 4096, 5000, 16 << 10, 100_000})
    void promisedNodesNeverFailAndBlocksAreRefusedForLackOfRoomAlone(long heapBytes) {
        var run = new RandomRun(heapBytes / 8 * 8, Seeds.random());
        for (int i = 0; i < 60; i++) {
            run.fragment();
            run.runBlocks();
        }
        run.end();
        assertThat(run.admitted).isPositive();
        assertThat(run.refused).isPositive();
    }

    @Test
    void promisedNodesNeverFailWhateverIsAllocatedWithoutAdmission() {
        Random random = Seeds.random();
        for (int run = 0; run < 20; run++) {
            var heap = TestHeap.ofBytes(16 << 10);
            var allocator = heap.locked(1);
            var other = heap.locked(2);
            for (int i = 0; i < 100; i++) {
                other.allocate(1 + random.nextInt(100));
            }
            int nodes = 1 + random.nextInt(100);
            assertThat(allocator.admit(HeapDemand.of(nodes, 100))).isTrue();
            allocator.allocate(100);
            for (int i = 0; i < 2000; i++) {
                other.allocate(1 + random.nextInt(200));
            }
            for (int i = 0; i < nodes; i++) {
                assertThat(allocator.allocate(32)).as("node %d of %d", i, nodes).isNotEqualTo(NULL);
            }
        }
    }

    @Test
    void roomThatIsPromisedIsNotPromisedTwice() {
        var heap = TestHeap.ofBytes(48 * 100);
        assertThat(heap.locked(1).admit(HeapDemand.of(60))).isTrue();
        assertThat(heap.locked(2).admit(HeapDemand.of(41))).isFalse();
        assertThat(heap.locked(2).admit(HeapDemand.of(40))).isTrue();
        assertThat(heap.locked(3).admit(HeapDemand.of(1))).isFalse();
    }

    @Test
    void nodesOfLessThanThirtyTwoBytesKeepThePromiseToo() {
        var heap = TestHeap.ofBytes(48 * 100);
        var allocator = heap.locked(1);
        assertThat(allocator.admit(HeapDemand.of(100))).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(allocator.allocate(1 + i % 32)).isNotEqualTo(NULL);
        }
    }

    @Test
    void aDemandThatFillsTheHeapToTheByteIsAdmitted() {
        var demand = HeapDemand.of(511, 1024, 16, 2048);
        assertThat(demand.footprint()).isEqualTo(27_664);
        assertThat(TestHeap.ofBytes(27_664).locked(1).admit(demand)).isTrue();
        assertThat(TestHeap.ofBytes(27_648).locked(1).admit(demand)).isFalse();
    }

    @Test
    void aRefusedBlockLeavesThePeakAsItWas() {
        var heap = TestHeap.ofBytes(4096);
        var allocator = heap.locked(1);
        assertThat(allocator.admit(HeapDemand.of(0, 2000, 1000, 2000))).isFalse();
        assertThat(heap.allocator().peakBytes()).isZero();
        assertThat(heap.isOneFreeChunk()).isTrue();
    }

    /** Blocks that come, allocate and go in random order, beside chunks that belong to none. */
    private static final class RandomRun {
        private final FirstFitModel model;
        private final TestHeap heap;
        private final long heapBytes;
        private final Random random;
        private final LockedAllocator outsider;
        private final List<Long> outside = new ArrayList<>();
        private final List<Block> blocks = new ArrayList<>();
        private int admitted;
        private int refused;
        private int inVain;

        RandomRun(long heapBytes, Random random) {
            this.heapBytes = heapBytes;
            this.random = random;
            model = new FirstFitModel(0, heapBytes);
            heap = TestHeap.ofBytes(heapBytes);
            outsider = heap.locked(99);
            IntStream.rangeClosed(1, 6).forEach(i -> blocks.add(new Block(heap.locked(i))));
        }

        /** Leaves chunks and holes of random sizes. */
        void fragment() {
            for (int i = 0; i < 100; i++) {
                if (outside.isEmpty() || random.nextInt(3) > 0) {
                    long bytes = 1 + random.nextLong(1 + heapBytes / (1 << random.nextInt(10)));
                    long offset = allocate(outsider, bytes);
                    if (offset != NULL) {
                        outside.add(offset);
                    }
                } else {
                    freeOneOutside();
                }
            }
        }

        /** Blocks come and go; what is outside is only freed, from time to time. */
        void runBlocks() {
            for (int i = 0; i < 400; i++) {
                Block block = blocks.get(random.nextInt(blocks.size()));
                if (!block.admitted) {
                    block.tryToEnter();
                } else if (block.owed > 0 && random.nextInt(20) > 0) {
                    block.allocateNode();
                } else {
                    block.leave();
                }
                if (!outside.isEmpty() && random.nextInt(20) == 0) {
                    freeOneOutside();
                }
                assertThat(heap.allocator().liveBytes()).isEqualTo(model.liveBytes());
                assertThat(heap.allocator().peakBytes()).isEqualTo(model.peakBytes());
            }
            blocks.stream().filter(block -> block.admitted).forEach(Block::leave);
        }

        void end() {
            while (!outside.isEmpty()) {
                freeOneOutside();
            }
            assertThat(heap.isOneFreeChunk()).isTrue();
            long acquisitions = outsider.counters().lockAcquisitions();
            for (Block block : blocks) {
                acquisitions += block.allocator.counters().lockAcquisitions();
            }
            assertThat(acquisitions - inVain).isEqualTo(model.requests());
        }

        private long allocate(LockedAllocator allocator, long bytes) {
            long offset = allocator.allocate(bytes);
            assertThat(offset).isEqualTo(model.allocate(bytes));
            if (offset == NULL) {
                inVain++;
            }
            return offset;
        }

        private void free(LockedAllocator allocator, List<Long> from) {
            long offset = from.remove(random.nextInt(from.size()));
            allocator.free(offset);
            model.free(offset);
        }

        private void freeOneOutside() {
            free(outsider, outside);
        }

        private long owedToAll() {
            return blocks.stream().mapToLong(block -> block.owed).sum();
        }

        private final class Block {
            private final LockedAllocator allocator;
            private final List<Long> live = new ArrayList<>();
            private boolean admitted;
            private long owed;

            Block(LockedAllocator allocator) {
                this.allocator = allocator;
            }

            void tryToEnter() {
                long[] requests = random.longs(random.nextInt(4), 1, 2 + heapBytes / 8).toArray();
                long nodes = random.nextLong(1 + heapBytes / 48 / 3);
                boolean allowed = isAllowed(requests, nodes);
                var before = allocator.counters();

                admitted = allocator.admit(HeapDemand.of(nodes, requests));

                assertThat(admitted).isEqualTo(allowed);
                if (!admitted) {
                    refused++;
                    assertThat(allocator.counters()).isEqualTo(before);
                    return;
                }
                RandomRun.this.admitted++;
                var pieces = LongStream.of(requests).map(model::allocate).boxed().toList();
                for (int i = 0; i < requests.length; i++) {
                    assertThat(allocator.allocate(requests[i])).isEqualTo(pieces.get(i));
                }
                live.addAll(pieces);
                owed = nodes;
            }

            /** The pieces fit, and behind them the nodes beside those promised to others. */
            private boolean isAllowed(long[] requests, long nodes) {
                var trial = model.copy();
                return LongStream.of(requests).allMatch(bytes -> trial.allocate(bytes) != NULL)
                        && trial.roomForNodes() - owedToAll() >= nodes;
            }

            void allocateNode() {
                long node = RandomRun.this.allocate(allocator, 32);
                assertThat(node).as("a promised node").isNotEqualTo(NULL);
                owed--;
                live.add(node);
            }

            void leave() {
                while (!live.isEmpty()) {
                    free(allocator, live);
                    owed = 0;
                }
                // without anything to free, the promise would stay
                while (owed > 0) {
                    allocateNode();
                }
                while (!live.isEmpty()) {
                    free(allocator, live);
                }
                admitted = false;
            }
        }
    }
}
