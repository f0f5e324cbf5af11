package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the strategies that cut up pages take them, use them again and give them back. */
@Timeout(60)
class PagesTest {
    private static final int PAGE = PageHeap.PAGE_BYTES;
    private static final int PAGES = 3;

    private static List<Long> fill(ThreadAllocator worker, int bytes) {
        List<Long> pieces = new ArrayList<>();
        for (long piece = worker.allocate(bytes); piece != NULL; piece = worker.allocate(bytes)) {
            pieces.add(piece);
        }
        return pieces;
    }

    @ParameterizedTest
    @EnumSource(names = {"SIZE_CLASS", "SLAB", "SLAB_POOL"})
    void pagesAreTakenAndFreedUnderTheLock(Strategy strategy) throws Exception {
        try (Heap heap = strategy.open(130 * PAGE)) {
            ThreadAllocator worker = heap.attach();
            int bytes = 65 * PAGE; // larger than every class
            long piece;
            try (var busy = BusyLock.of(heap)) {
                piece = busy.releaseFor(() -> worker.allocate(bytes));
            }
            assertThat(heap.freeSpace().totalBytes()).isEqualTo(65 * PAGE);
            try (var busy = BusyLock.of(heap)) {
                busy.releaseFor(() -> {
                    worker.free(piece);
                    return piece;
                });
            }
            assertThat(heap.freeSpace().totalBytes()).isEqualTo(heap.capacity());
            assertThat(worker.counters().lockAcquisitions()).isEqualTo(2);
            assertThat(worker.counters().lock().contended()).isEqualTo(2);
        }
    }

    @Test
    void theLocksOfCachesThatAreTiersAreThatOfThePagesToo() throws Exception {
        for (HeapKind kind : Variant.TIERS) {
            try (Heap heap = kind.open(PAGES * PAGE);
                    var busy = BusyLock.of(heap)) {
                assertThat(heap.locks()).as(kind.label()).hasSize(2);
                ThreadAllocator worker = heap.attach();
                assertThat(busy.releaseFor(() -> worker.allocate(64))).isNotEqualTo(NULL);
            }
        }
    }

    @Test
    void emptySpansGoBackToTheHeapAllButOne() {
        try (Heap heap = Strategy.SIZE_CLASS.open(PAGES * PAGE)) {
            ThreadAllocator worker = heap.attach();
            fill(worker, 64).forEach(worker::free);
            assertThat(heap.freeSpace().totalBytes()).isEqualTo((PAGES - 1) * PAGE);
            assertThat(heap.attach().allocate(1024)).as("another thread's page").isNotEqualTo(NULL);
        }
    }

    @Test
    void theLastEmptySpanGoesBackWhenTheHeapIsFull() {
        try (Heap heap = Strategy.SIZE_CLASS.open(4 * PAGE)) {
            ThreadAllocator worker = heap.attach();
            worker.free(worker.allocate(64));
            assertThat(heap.freeSpace().totalBytes()).isEqualTo(3 * PAGE);
            long piece = worker.allocate(4 * PAGE);
            assertThat(piece).isNotEqualTo(NULL);
            worker.free(piece);
            assertThat(worker.allocate(64)).as("from the four pages").isNotEqualTo(NULL);
        }
    }

    @Test
    void spansWithAFreePieceAreFoundAgain() {
        try (Heap heap = Strategy.SIZE_CLASS.open(PAGES * PAGE)) {
            ThreadAllocator worker = heap.attach();
            List<Long> pieces = fill(worker, 64);
            assertThat(pieces).hasSize(PAGES * PAGE / 64);
            for (int page = 0; page < PAGES; page++) {
                long piece = pieces.get(page * PAGE / 64 + 7);
                worker.free(piece);
                assertThat(worker.allocate(64)).isEqualTo(piece);
            }
            pieces.forEach(worker::free);
        }
    }

    @Test
    void aPieceThatAnotherThreadFreesServesThatThreadOrItsOwner() {
        try (Heap heap = Strategy.SIZE_CLASS.open(PAGES * PAGE)) {
            ThreadAllocator owner = heap.attach();
            ThreadAllocator other = heap.attach();
            List<Long> pieces = fill(owner, 64);
            other.free(pieces.getFirst());
            assertThat(other.counters().remoteFrees()).isEqualTo(1);
            assertThat(other.allocate(64)).as("borrowed").isEqualTo(pieces.getFirst());
            for (int i = 0; i < 65; i++) {
                other.free(pieces.get(i));
            }
            assertThat(owner.allocate(64)).as("the 65th").isEqualTo(pieces.get(64));
            assertThat(owner.allocate(64)).as("the others are borrowed").isEqualTo(NULL);
        }
    }

    @Test
    void aFullCacheIsDrainedByHalfToAllThreads() {
        try (Heap heap = Strategy.SLAB_POOL.open(PAGES * PAGE)) {
            ThreadAllocator worker = heap.attach();
            ThreadAllocator other = heap.attach();
            List<Long> pieces = fill(worker, 64);
            assertThat(pieces).hasSize(PAGES * PAGE / 64);
            for (int i = 0; i < 64; i++) {
                worker.free(pieces.get(i));
            }
            assertThat(other.allocate(64)).as("all are in the cache").isEqualTo(NULL);
            worker.free(pieces.get(64));
            List<Long> drained = fill(other, 64);
            assertThat(drained).containsExactlyInAnyOrderElementsOf(pieces.subList(32, 64));
            assertThat(fill(worker, 64)).hasSize(33).doesNotContainAnyElementsOf(drained);
        }
    }

    @Test
    void aFreedPoolServesItsThreadBeforeTheSharedList() {
        try (Heap heap = Strategy.BUMP_POOLS.open(4 * PAGE)) { // two pools, then first fit
            ThreadAllocator worker = heap.attach();
            List<Long> pieces = new ArrayList<>();
            for (int i = 0; i < 2 * PAGE / 1024; i++) {
                pieces.add(worker.allocate(1024));
            }
            pieces.subList(0, PAGE / 1024).forEach(worker::free);
            assertThat(heap.attach().allocate(16)).as("no pool is shared").isGreaterThan(2 * PAGE);
            assertThat(worker.allocate(1024)).isEqualTo(pieces.getFirst());
            assertThat(worker.counters().fallbacks()).isZero();
        }
    }
}
