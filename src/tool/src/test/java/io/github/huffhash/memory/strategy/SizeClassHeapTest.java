package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.memory.ThreadAllocator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pieces that another thread frees while their owner waits for a page. */
@Timeout(60)
class SizeClassHeapTest {
    private static final int PIECE_BYTES = 16;
    private static final int PIECES = PageHeap.PAGE_BYTES / PIECE_BYTES;

    /** As many as a thread keeps of what it frees for others. */
    private static final int BORROWED = 64;

    private static long[] allocate(ThreadAllocator owner, int count) {
        return LongStream.generate(() -> owner.allocate(PIECE_BYTES)).limit(count).toArray();
    }

    @Test
    void aPieceFreedWhileItsOwnerLooksForAPageIsHandedOut() throws Exception {
        try (var heap = new SizeClassHeap(PageHeap.PAGE_BYTES)) {
            var owner = heap.attach();
            var other = heap.attach();
            long[] pieces = allocate(owner, PIECES);
            LongStream.of(pieces).limit(BORROWED).forEach(other::free);

            try (var lock = BusyLock.of(heap)) {
                long found =
                        lock.releaseFor(
                                () -> owner.allocate(PIECE_BYTES),
                                () -> other.free(pieces[BORROWED]));
                assertThat(found).isEqualTo(pieces[BORROWED]);
            }
            assertThat(owner.allocate(PIECE_BYTES)).as("nothing is free").isEqualTo(NULL);
            other.free(pieces[BORROWED + 1]);
            assertThat(owner.allocate(PIECE_BYTES)).isEqualTo(pieces[BORROWED + 1]);
        }
    }

    @Test
    void aPieceFreedWhileItsOwnerGetsAnotherPageStaysWithItsOwner() throws Exception {
        int largePages = 65;
        try (var heap = new SizeClassHeap((1 + largePages) * (long) PageHeap.PAGE_BYTES)) {
            var owner = heap.attach();
            var other = heap.attach();
            long[] pieces = allocate(owner, PIECES);
            long large = owner.allocate(largePages * (long) PageHeap.PAGE_BYTES);
            LongStream.of(pieces).limit(BORROWED).forEach(other::free);

            try (var lock = BusyLock.of(heap)) {
                lock.releaseFor(
                        () -> owner.allocate(PIECE_BYTES),
                        () -> {
                            other.free(large);
                            other.free(pieces[BORROWED]);
                        });
            }
            assertThat(allocate(owner, largePages * PIECES))
                    .contains(pieces[BORROWED])
                    .doesNotContain(NULL);
            assertThat(owner.allocate(PIECE_BYTES)).as("nothing is free").isEqualTo(NULL);
        }
    }
}
