package io.github.huffhash.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import io.github.huffhash.internal.huffman.PlainTree;
import io.github.huffhash.memory.TestHeap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the work in arrays and the work in a heap to the plain tree. */
class SignatureWorkTest {
    private final PhaseClock clock = new PhaseClock(false);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 1024, 5000})
    void aRunOfBlocksGivesTheHashOfEachTheLastBeingShort(int blockBytes) {
        Random random = Seeds.random();
        var worker = new SignatureWork(blockBytes, 0).newArrayWorker(clock);
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
        var worker =
                new SignatureWork(1024, 0).newHeapWorker(heap.memory(), heap.allocator(), clock);
        byte[] bytes = randomBytes(random, 1024);
        for (int length = 1; length <= 1024; length += length < 40 ? 1 : 41) {
            long data = heap.allocator().allocate(length);
            heap.memory().write(data, bytes, length);
            assertThat(worker.work(data, length).hashes())
                    .containsExactly(PlainTree.hash(PlainTree.count(bytes, 0, length)));
            assertThat(heap.allocator().isOneFreeChunk()).isTrue();
        }
    }

    @Test
    void resultsNameTheProcessThatComputedThem() {
        var heap = TestHeap.ofBytes(64 << 10);
        var work = new SignatureWork(1024, 4711);
        var inArrays = work.newArrayWorker(clock).work(new byte[3000], 3000);
        assertThat(inArrays.processId()).isEqualTo(4711);

        long data = heap.allocator().allocate(100);
        var inHeap = work.newHeapWorker(heap.memory(), heap.allocator(), clock).work(data, 100);
        assertThat(inHeap.processId()).isEqualTo(4711);
    }

    @Test
    void aResultSurvivesTheWayFromOneProcessToAnother() {
        Random random = Seeds.random();
        var codec = new SignatureWork(1024, 0).codec();
        for (int i = 0; i < 100; i++) {
            var result =
                    new BlockHashes(new int[] {random.nextInt(2_147_483_647)}, random.nextLong());
            var buffer = ByteBuffer.allocate(codec.maxBytes() + 3).order(ByteOrder.nativeOrder());
            codec.write(result, buffer.position(3));
            var read = codec.read(buffer.position(3));
            assertThat(read.hashes()).isEqualTo(result.hashes());
            assertThat(read.processId()).isEqualTo(result.processId());
        }
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
        assertThat(new SignatureWork(1024, 0).demand(length).footprint()).isEqualTo(bytes);
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
