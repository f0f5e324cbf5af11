package io.github.huffhash.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Waiting;
import io.github.huffhash.memory.FirstFitHeap;
import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.process.Channel.State;
import io.github.huffhash.run.process.Region.Cost;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RegionTest {
    private static final RegionLayout SIZE = new RegionLayout(3, 64 << 10, 100, 12, 4);

    private final Region region = region(SIZE);

    private static Region region(RegionLayout size) {
        return Region.create(Arena.ofAuto().allocate(size.bytes(), 4096), size);
    }

    @Test
    void aHeapMayHaveTwoGigabytes(@TempDir Path folder) throws IOException {
        var size = new RegionLayout(3, HeapMemory.MAX_BYTES, 100, 12, 4);
        try (var arena = Arena.ofConfined();
                var file =
                        FileChannel.open(
                                folder.resolve("sparse"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE)) {
            var memory = file.map(FileChannel.MapMode.READ_WRITE, 0, size.bytes(), arena);
            var large = Region.create(memory, size);
            large.publish(0, bytes(1, 100), 100);

            assertThat(large.claim()).isZero();
            assertThat(large.lock().acquire(1)).isZero();
            long piece = large.heap().allocate(HeapMemory.MAX_MAPPED_BYTES - 64);
            long last = piece + HeapMemory.MAX_MAPPED_BYTES - 64 - 8;
            large.heapMemory().set(last, 4711);
            assertThat(large.heapMemory().get(last)).isEqualTo(4711);
        }
    }

    private static byte[] bytes(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** Times in all phases, that of the first given. */
    static Map<Phase, Long> times(long first) {
        return Arrays.stream(Phase.values())
                .collect(
                        Collectors.toMap(
                                phase -> phase, phase -> first * 31 + phase.name().hashCode()));
    }

    private static Cost cost(long block) {
        return new Cost(1, new LockUse(10 * block, 2, 3, 4, 5), 6, times(7));
    }

    private void finish(long block, int hash) {
        region.result(block).putInt(hash);
        region.done(block, cost(block));
    }

    @Test
    void aNewRegionHasNoBlockAFreeLockAndAnEmptyHeap() {
        assertThat(region.claim()).isEqualTo(-1);
        assertThat(region.isDone(0)).isFalse();
        assertThat(region.lock().acquire(1)).isZero();
        assertThat(region.heap().freeSpace().largestBytes()).isEqualTo(region.heap().capacity());
        assertThat(region.generation()).isZero();
        assertThat(IntStream.range(0, 3).mapToObj(worker -> region.channel(worker).state()))
                .containsOnly(State.STARTING);
    }

    @Test
    void aBlockIsClaimedOnceWorkedOnAndDone() {
        region.publish(0, bytes(7, 100), 60);

        assertThat(region.claim()).isZero();
        assertThat(region.claim()).isEqualTo(-1);
        assertThat(region.isReady(0)).isTrue();
        assertThat(region.isDone(0)).isFalse();
        assertThat(region.length(0)).isEqualTo(60);

        finish(0, 4711);

        assertThat(region.isReady(0)).isFalse();
        assertThat(region.isDone(0)).isTrue();
        assertThat(region.result(0).getInt()).isEqualTo(4711);
        assertThat(region.cost(0)).isEqualTo(cost(0));
    }

    @Test
    void aBlockReachesTheWorkerByteForByte() {
        byte[] block = Data.random(1, 100, 256);
        region.publish(0, block, 99);
        byte[] into = new byte[100];
        Arrays.fill(into, (byte) 0x55);

        assertThat(region.read(0, into)).isEqualTo(99);

        assertThat(Arrays.copyOf(into, 99)).isEqualTo(Arrays.copyOf(block, 99));
        assertThat(into[99]).isEqualTo((byte) 0x55);
    }

    @Test
    void blocksAreClaimedInTheOrderInWhichTheyWerePublished() {
        for (int block = 0; block < 4; block++) {
            region.publish(block, bytes(block, 1), 1);
        }

        assertThat(LongStream.range(0, 4).map(_ -> region.claim())).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void aSlotUsedAgainIsNeitherDoneNorReadyForTheBlockBefore() {
        region.publish(1, bytes(1, 1), 1);
        finish(1, 5);
        region.publish(5, bytes(2, 2), 2);

        assertThat(region.isDone(1)).isFalse();
        assertThat(region.isReady(1)).isFalse();
        assertThat(region.isDone(5)).isFalse();
        assertThat(region.isReady(5)).isTrue();
        assertThat(region.length(5)).isEqualTo(2);
    }

    @Test
    void manyThreadsNeverClaimTheSameBlock() throws InterruptedException, ExecutionException {
        int threads = 4;
        int blocks = 20_000;
        var many = region(new RegionLayout(threads, 4096, 1, 12, blocks));
        var start = new CountDownLatch(1);
        List<Future<List<Long>>> claims = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                claims.add(
                        executor.submit(() -> {
                            start.await();
                            List<Long> mine = new ArrayList<>();
                            while (mine.isEmpty() || mine.getLast() < blocks - threads) {
                                long block = many.claim();
                                if (block >= 0) {
                                    mine.add(block);
                                } else if (many.isDone(blocks - 1)) {
                                    break;
                                }
                            }
                            return mine;
                        }));
            }
            start.countDown();
            for (int block = 0; block < blocks; block++) {
                many.publish(block, new byte[] {1}, 1);
            }
            many.done(blocks - 1, cost(0));
        }
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> mine : claims) {
            assertThat(mine.get()).isSorted();
            all.addAll(mine.get());
        }
        for (long left = many.claim(); left >= 0; left = many.claim()) {
            all.add(left);
        }
        Collections.sort(all);

        assertThat(all).isEqualTo(LongStream.range(0, blocks).boxed().toList());
    }

    @Test
    void aRestartKeepsWhatIsDoneAndHandsOutTheRestAgain() {
        for (int block = 0; block < 4; block++) {
            region.publish(block, bytes(block, 3), 3);
            region.claim();
        }
        finish(0, 10);
        finish(2, 12);

        region.restart(1);

        assertThat(LongStream.range(0, 4).map(_ -> region.claim()))
                .containsExactly(1L, 2L, 3L, -1L);
        assertThat(IntStream.range(0, 4).mapToObj(region::isReady))
                .containsExactly(false, true, false, true);
        assertThat(IntStream.range(0, 4).mapToObj(region::isDone))
                .containsExactly(true, false, true, false);
        assertThat(region.result(2).getInt()).isEqualTo(12);
        assertThat(region.length(3)).isEqualTo(3);
    }

    @Test
    void aRestartFreesTheLockTheHeapAndTheChannels() {
        HeapLock lock = region.lock();
        var allocator = FirstFitHeap.attach(region.heap(), lock, 2);
        assertThat(allocator.allocate(1000)).isNotNegative();
        lock.acquire(2);
        region.channel(1).failed("no more");

        region.restart(0);

        Thread next = Thread.ofPlatform().daemon().start(() -> lock.acquire(1));
        Waiting.until("the lock is taken again", () -> !next.isAlive());
        assertThat(region.heap().freeSpace().largestBytes()).isEqualTo(region.heap().capacity());
        assertThat(region.heap().liveBytes()).isZero();
        assertThat(region.channel(1).state()).isEqualTo(State.STARTING);
        assertThat(region.generation()).isEqualTo(1);
    }

    @Test
    void aChannelSaysWhatItsWorkerDoes() {
        region.channel(1).set(Channel.State.IDLE);
        assertThat(region.channel(1).state()).isEqualTo(State.IDLE);
        region.channel(1).set(Channel.State.WORKING);
        assertThat(region.channel(1).state()).isEqualTo(State.WORKING);
        region.channel(1).set(Channel.State.IDLE);
        assertThat(region.channel(1).state()).isEqualTo(State.IDLE);
        region.channel(1).failed("disk on fire: größer");
        assertThat(region.channel(1).state()).isEqualTo(State.FAILED);
        assertThat(region.channel(1).message()).isEqualTo("disk on fire: größer");
        assertThat(List.of(region.channel(0).state(), region.channel(2).state()))
                .containsOnly(State.STARTING);
    }

    @Test
    void aMessageLongerThanItsChannelIsCutAndDisturbsNobody() {
        region.channel(2).failed("two");
        String text = "x".repeat(10_000);

        region.channel(1).failed(text);

        assertThat(region.channel(1).message()).hasSizeBetween(100, 400).matches("x+");
        assertThat(region.channel(2).state()).isEqualTo(State.FAILED);
        assertThat(region.channel(2).message()).isEqualTo("two");
        assertThat(region.claim()).isEqualTo(-1);
    }

    @Test
    void aMessageIsCutBetweenCharacters() {
        for (String first : List.of("", "x", "xx")) {
            region.channel(0).failed(first + "€".repeat(1000));

            assertThat(region.channel(0).message()).startsWith(first).matches("x*€+");
        }
    }

    @Test
    void theResultHasTheRoomItsCodecAskedFor() {
        ByteBuffer result = region.result(3);

        assertThat(result.remaining()).isEqualTo(12);
    }
}
