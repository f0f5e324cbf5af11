package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import io.github.huffhash.internal.huffman.PlainTree;
import io.github.huffhash.memory.TestHeap;
import io.github.huffhash.tree.ReferenceTree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the work in arrays and the work in a heap to the plain tree. */
class SignatureWorkTest {
    private final PhaseClock clock = new PhaseClock(false);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 1024, 5000})
    void aRunOfBlocksGivesTheHashOfEachTheLastBeingShort(int blockBytes) {
        Random random = Seeds.random();
        var worker = new SignatureWork(blockBytes, 0).newWorker(clock);
        byte[] bytes = randomBytes(random, 20_000);
        for (int i = 0; i < 30; i++) {
            int length = 1 + random.nextInt(i < 15 ? 3 * blockBytes : bytes.length);
            int[] expected = new int[Math.ceilDiv(length, blockBytes)];
            for (int block = 0; block < expected.length; block++) {
                int from = block * blockBytes;
                int[] counts = PlainTree.count(bytes, from, Math.min(blockBytes, length - from));
                expected[block] = PlainTree.hash(counts);
            }
            assertThat(worker.work(bytes, length).hashes()).isEqualTo(expected);
        }
    }

    @Test
    void aBlockInTheHeapGivesItsHashAndLeavesTheHeapFree() {
        Random random = Seeds.random();
        var heap = TestHeap.ofBytes(64 << 10);
        var tree = new ReferenceTree(heap.memory(), heap.unlocked());
        var worker = new SignatureWork(1024, 0).newWorker(tree, clock);
        byte[] bytes = randomBytes(random, 1024);
        for (int length = 1; length <= 1024; length += length < 40 ? 1 : 41) {
            assertThat(worker.work(bytes, length).hashes())
                    .containsExactly(PlainTree.hash(PlainTree.count(bytes, 0, length)));
            assertThat(heap.isOneFreeChunk()).isTrue();
        }
    }

    @Test
    void resultsNameTheProcessThatComputedThem() {
        var heap = TestHeap.ofBytes(64 << 10);
        var work = new SignatureWork(1024, 4711);
        var inArrays = work.newWorker(clock).work(new byte[3000], 3000);
        assertThat(inArrays.processId()).isEqualTo(4711);

        var tree = new ReferenceTree(heap.memory(), heap.unlocked());
        var inHeap = work.newWorker(tree, clock).work(new byte[100], 100);
        assertThat(inHeap.processId()).isEqualTo(4711);
    }

    @Test
    void aResultSurvivesTheWayFromOneProcessToAnother() {
        Random random = Seeds.random();
        var work = new SignatureWork(1024, 0);
        for (int i = 0; i < 100; i++) {
            var result =
                    new SignatureWork.Hashes(
                            new int[] {random.nextInt(2_147_483_647)}, random.nextLong());
            var buffer =
                    ByteBuffer.allocate(work.maxResultBytes() + 3).order(ByteOrder.nativeOrder());
            work.write(result, buffer.position(3));
            var read = work.read(buffer.position(3));
            assertThat(read.hashes()).isEqualTo(result.hashes());
            assertThat(read.processId()).isEqualTo(result.processId());
        }
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
