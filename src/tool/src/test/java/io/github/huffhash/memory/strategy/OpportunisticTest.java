package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reserve of a thread, which it uses while another has the lock. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // a lock that is held is waited for
class OpportunisticTest {
    private static final long HEAP_BYTES = 8 << 10;

    private final Heap heap = Strategy.OPPORTUNISTIC.open(HEAP_BYTES);
    private final ThreadAllocator worker = heap.attach();
    private final ThreadAllocator other = heap.attach();

    @AfterEach
    void everythingIsFree() {
        heap.recycle();
        assertThat(heap.freeSpace().totalBytes()).isEqualTo(heap.capacity());
        assertThat(heap.freeSpace().largestBytes()).isEqualTo(heap.capacity());
        heap.close();
    }

    private void freeWhileBusy(long piece) {
        try (var _ = BusyLock.of(heap)) {
            worker.free(piece);
        }
    }

    private static void assertFreeFails(ThreadAllocator allocator, long piece) {
        assertThatExceptionOfType(InvalidFreeException.class)
                .isThrownBy(() -> allocator.free(piece));
    }

    @Test
    void aFreedPieceIsReusedWithoutTheLockWhileTheLockIsBusy() {
        long piece = worker.allocate(64);
        try (var _ = BusyLock.of(heap)) {
            worker.free(piece);
            assertThat(worker.allocate(50)).isEqualTo(piece);
        }
        assertThat(worker.counters().lockAcquisitions()).isEqualTo(1);
        assertThat(worker.counters().cacheHits()).isEqualTo(1);
        worker.free(piece);
    }

    @Test
    void aReservedPieceThatIsFreedAgainHasOneOwner() {
        long piece = worker.allocate(64);
        freeWhileBusy(piece);
        assertFreeFails(worker, piece);
        assertFreeFails(other, piece);
        long first;
        try (var _ = BusyLock.of(heap)) {
            first = worker.allocate(64);
        }
        long second = worker.allocate(64);
        assertThat(first).isEqualTo(piece);
        assertThat(second).isNotEqualTo(piece);
        worker.free(first);
        worker.free(second);
    }

    @Test
    void aReservedPieceThatIsFreedAgainWhileTheLockIsBusyHasOneOwner() throws Exception {
        long piece = worker.allocate(64);
        try (var busy = BusyLock.of(heap)) {
            worker.free(piece);
            busy.releaseFor(() -> {
                assertFreeFails(worker, piece);
                return piece;
            });
        }
    }

    @Test
    void reservesAreDrainedUnderTheLock() throws Exception {
        long piece = worker.allocate(64);
        try (var busy = BusyLock.of(heap)) {
            worker.free(piece);
            busy.releaseFor(() -> {
                heap.recycle();
                return piece;
            });
        }
        assertThat(heap.freeSpace().totalBytes()).isEqualTo(heap.capacity());
    }

    @Test
    void aThreadUsesItsOwnReserveWhenTheHeapIsFull() {
        List<Long> pieces = new ArrayList<>();
        for (long piece = worker.allocate(64); piece != NULL; piece = worker.allocate(64)) {
            pieces.add(piece);
        }
        freeWhileBusy(pieces.removeLast());
        freeWhileBusy(pieces.removeLast());
        assertThat(other.allocate(64)).as("another thread's reserve").isEqualTo(NULL);
        long larger = worker.allocate(140);
        assertThat(larger).as("of two reserved neighbours").isNotEqualTo(NULL);
        worker.free(larger);
        pieces.forEach(worker::free);
    }

    @Test
    void aFullReserveIsDrainedByHalfAtTheNextFree() {
        List<Long> pieces = new ArrayList<>();
        for (int i = 0; i < 34; i++) {
            pieces.add(worker.allocate(64));
        }
        long free = heap.freeSpace().totalBytes();
        for (int i = 0; i < 32; i++) {
            freeWhileBusy(pieces.get(i));
        }
        assertThat(heap.freeSpace().totalBytes()).isEqualTo(free);
        worker.free(pieces.get(32));
        assertThat(heap.freeSpace().totalBytes()).isEqualTo(free + 17 * 80);
        worker.free(pieces.get(33));
    }

    @Test
    void aClassThatWasFoundEmptyWhileTheLockWasBusyIsFilled() throws Exception {
        try (var busy = BusyLock.of(heap)) {
            long piece = busy.releaseFor(() -> worker.allocate(64));
            worker.free(piece);
        }
        assertThat(worker.counters().lock().contended()).isEqualTo(1);
        assertThat(worker.counters().lock().waitNanos()).isPositive();
        try (var _ = BusyLock.of(heap)) {
            List<Long> reserved = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                reserved.add(worker.allocate(64));
            }
            assertThat(reserved).doesNotHaveDuplicates().doesNotContain(NULL);
            assertThat(worker.counters().cacheHits()).isEqualTo(8);
            reserved.forEach(worker::free);
        }
    }

    /** A piece goes to the largest class that it can serve. */
    @ParameterizedTest
    @CsvSource({"16, 16", "48, 32", "64, 64", "100, 64", "600, 512", "2000, 1024", "2048, 2048"})
    void aFreedPieceServesRequestsOfAClassNoLargerThanItself(long bytes, long request) {
        long piece = worker.allocate(bytes);
        assertThat(worker.usableSize(piece, bytes)).isEqualTo(HeapMemory.aligned(bytes));
        try (var _ = BusyLock.of(heap)) {
            worker.free(piece);
            assertThat(worker.allocate(request)).isEqualTo(piece);
        }
        assertThat(worker.counters().frees()).isEqualTo(1);
        assertThat(worker.counters().allocations()).isEqualTo(2);
        worker.free(piece);
        assertThat(worker.counters().frees()).isEqualTo(2);
        assertThat(worker.counters().lockAcquisitions()).isEqualTo(2);
        assertThat(worker.counters().cacheMisses()).isEqualTo(1);
    }

    @Test
    void aPieceThatTheReserveHasNoPlaceForWaitsForTheLock() throws Exception {
        long large = worker.allocate(2049);
        try (var busy = BusyLock.of(heap)) {
            busy.releaseFor(() -> {
                worker.free(large);
                return large;
            });
        }
        assertThat(heap.freeSpace().totalBytes()).isEqualTo(heap.capacity());
        assertThat(worker.counters().lockAcquisitions()).isEqualTo(2);

        List<Long> pieces = new ArrayList<>();
        for (int i = 0; i < 33; i++) {
            pieces.add(worker.allocate(64));
        }
        pieces.subList(0, 32).forEach(this::freeWhileBusy);
        try (var busy = BusyLock.of(heap)) {
            busy.releaseFor(() -> {
                worker.free(pieces.getLast());
                return large;
            });
        }
        assertThat(heap.freeSpace().totalBytes()).isEqualTo(heap.capacity() - 16 * 80);
    }

    @Test
    void aRequestThatTheReserveCannotServeWaitsForTheLock() throws Exception {
        freeWhileBusy(worker.allocate(64));
        try (var busy = BusyLock.of(heap)) {
            worker.free(busy.releaseFor(() -> worker.allocate(65)));
        }
        try (var busy = BusyLock.of(heap)) {
            worker.free(busy.releaseFor(() -> worker.allocate(2049)));
        }
        assertThat(worker.counters().lock().contended()).isEqualTo(2);
        assertThat(worker.allocate(HEAP_BYTES)).isEqualTo(NULL);
        assertThat(worker.counters().failures()).isEqualTo(1);
    }
}
