package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class HeapLockTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 20_000;

    @Test
    void oneThreadAtATimeHoldsIt() throws Exception {
        var lock = HeapLock.ofThreads();
        assertThat(count(_ -> lock)).isEqualTo((long) THREADS * ROUNDS);
        assertThat(lock.isFree()).isTrue();
    }

    @Test
    void oneThreadAtATimeHoldsOneInMemory() throws Exception {
        try (var arena = Arena.ofShared()) {
            var word = arena.allocate(64, Long.BYTES);
            var lock = HeapLock.inMemory(new SharedWords(word), 8);
            assertThat(count(_ -> lock)).isEqualTo((long) THREADS * ROUNDS);
            assertThat(word.get(ValueLayout.JAVA_LONG, 8)).isZero();
        }
    }

    @Test
    void locksOnOneWordExcludeEachOtherThroughDifferentMappings(@TempDir Path folder)
            throws Exception {
        Path file = Files.createTempFile(folder, "lock", ".bin");
        try (var arena = Arena.ofShared()) {
            List<HeapLock> locks =
                    IntStream.range(0, THREADS).mapToObj(_ -> mapped(arena, file)).toList();
            assertThat(count(locks::get)).isEqualTo((long) THREADS * ROUNDS);
        }
    }

    private static HeapLock mapped(Arena arena, Path file) {
        try {
            return HeapLock.inMemory(new SharedWords(MemoryKind.map(arena, file, 4096)), 128);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What threads count together that each add one under the lock, again and again. */
    private static long count(IntFunction<HeapLock> lockOf) throws Exception {
        long[] counter = new long[1];
        Threads.runTogether(
                THREADS,
                thread -> {
                    HeapLock lock = lockOf.apply(thread);
                    for (int i = 0; i < ROUNDS; i++) {
                        lock.acquire(1 + thread);
                        counter[0]++;
                        lock.release();
                    }
                });
        return counter[0];
    }

    @Test
    void theWordNamesTheOwner() {
        var word = Arena.ofAuto().allocate(16 + HeapLock.BYTES, Long.BYTES);
        var lock = HeapLock.inMemory(new SharedWords(word), 16);
        lock.acquire(4711);
        assertThat(word.toArray(ValueLayout.JAVA_LONG)).containsExactly(0, 0, 4711, 0, 0);
        lock.release();
        assertThat(word.toArray(ValueLayout.JAVA_LONG)).containsOnly(0);
    }

    private static Stream<HeapLock> locks() {
        return Stream.of(
                HeapLock.ofThreads(),
                HeapLock.inMemory(new SharedWords(Arena.ofAuto().allocate(HeapLock.BYTES, 8)), 0));
    }

    @ParameterizedTest
    @MethodSource("locks")
    void aFreeLockIsNotWaitedFor(HeapLock lock) {
        for (int i = 0; i < 100; i++) {
            assertThat(lock.acquire(1)).isZero();
            lock.release();
        }
    }

    @ParameterizedTest
    @MethodSource("locks")
    void whoeverFindsItTakenWaitsAndSaysHowLong(HeapLock lock) throws InterruptedException {
        var waited = new AtomicLong(-1);
        lock.acquire(1);
        assertThat(lock.isFree()).isFalse();
        assertThat(lock.tryAcquire(2)).isFalse();
        var waiter =
                new Thread(() -> {
                    waited.set(lock.acquire(2));
                    lock.release();
                });
        waiter.start();
        Waiting.untilBlockedOrEnded(waiter);
        assertThat(waited).hasValue(-1);
        lock.release();
        waiter.join();
        assertThat(waited).hasPositiveValue();
        assertThat(lock.acquire(1)).isZero();
    }

    @ParameterizedTest
    @MethodSource("locks")
    void aThreadThatIsInterruptedTakesItAllTheSameAndStaysInterrupted(HeapLock lock) {
        Thread.currentThread().interrupt();
        lock.acquire(1);
        lock.release();
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("locks")
    void afterALongWaitNobodyOvertakes(HeapLock lock) throws InterruptedException {
        var waited = new AtomicLong();
        long start = System.nanoTime();
        lock.acquire(1);
        var waiter = new Thread(() -> waited.set(lock.acquire(2)));
        waiter.start();
        Waiting.until("the waiter has a ticket", () -> hasTicket(lock));
        lock.release();

        assertThat(lock.tryAcquire(3)).isFalse();

        waiter.join();
        assertThat(waited.get()).isBetween(1_000_000L, System.nanoTime() - start); // 16 naps
        assertThat(lock.isFree()).isFalse();
        lock.release();
        assertThat(lock.acquire(3)).isZero();
    }

    private static boolean hasTicket(HeapLock lock) {
        return lock.get(HeapLock.TICKETS) > lock.get(HeapLock.SERVED);
    }

    @ParameterizedTest
    @MethodSource("locks")
    void ticketsAreServedInTheOrderInWhichTheyWereTaken(HeapLock lock) throws InterruptedException {
        lock.acquire(1);
        List<Long> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> waiters = new ArrayList<>();
        for (long owner = 2; owner < 6; owner++) {
            long number = owner;
            waiters.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                lock.acquire(number);
                                order.add(number);
                                lock.release();
                            }));
            Waiting.until(
                    "the waiter has a ticket", () -> lock.get(HeapLock.TICKETS) == number - 1);
        }

        lock.release();

        for (Thread waiter : waiters) {
            waiter.join();
        }
        assertThat(order).containsExactly(2L, 3L, 4L, 5L);
    }
}
