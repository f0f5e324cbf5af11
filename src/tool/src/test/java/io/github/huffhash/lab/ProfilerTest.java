package io.github.huffhash.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.lab.Profiler.AllocationProfile;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.strategy.Strategy;
import org.junit.jupiter.api.Test;

/** The figures of a profile, against counts made by hand. */
class ProfilerTest {
    private static final long HEAP_BYTES = 64 << 10;

    @Test
    void aProfileHasTheFiguresOfItsRequests() {
        try (Heap heap = Strategy.FIRST_FIT.open(HEAP_BYTES)) {
            var profiler = new Profiler(heap);
            var worker = profiler.wrap(heap.attach());
            var other = profiler.wrap(heap.attach());
            long first = worker.allocate(1000); // 1008 bytes usable, 1024 of the heap
            long second = other.allocate(90); // 96 and 112
            worker.allocate(16); // 16 and 32; stays
            other.free(first);
            long third = worker.allocate(9); // 16 and 32, in the first one's place
            profiler.onEnd();
            worker.free(second);
            other.free(third);

            AllocationProfile profile = profiler.profile();
            assertThat(profile.peakLiveBytes()).isEqualTo(1000 + 90 + 16);
            assertThat(profile.internalFragmentation())
                    .isEqualTo((1008 + 96 + 16 + 16 - 1000 - 90 - 16 - 9) / 1136.0);
            long atEnd = HEAP_BYTES - 112 - 32 - 32;
            long largest = HEAP_BYTES - 1024 - 112 - 32;
            assertThat(profile.externalFragmentation()).isEqualTo(1 - (double) largest / atEnd);
            assertThat(profile.peakReservedBytes()).isEqualTo(1024 + 112 + 32);
            assertThat(profile.leakedBytes()).isEqualTo(32);
            assertThat(profile.p50Nanos()).isBetween(1L, profile.p99Nanos());
            assertThat(profile.p99Nanos()).isLessThanOrEqualTo(profile.maxNanos());
        }
    }

    @Test
    void whatWasAllocatedBeforeTheStartIsLiveButNotMeasured() {
        try (Heap heap = Strategy.FIRST_FIT.open(HEAP_BYTES)) {
            var profiler = new Profiler(heap);
            var worker = profiler.wrap(heap.attach());
            long first = worker.allocate(1); // 16 bytes usable
            worker.allocate(1);
            profiler.onStart();

            AllocationProfile begun = profiler.profile();
            assertThat(begun.maxNanos()).isZero();
            assertThat(begun.internalFragmentation()).isZero();
            assertThat(begun.peakLiveBytes()).isEqualTo(2);

            worker.free(first);
            worker.allocate(16);
            assertThat(profiler.profile().internalFragmentation()).isZero();
            assertThat(profiler.profile().maxNanos()).isPositive();
            assertThat(profiler.profile().peakLiveBytes()).isEqualTo(1 + 16);
        }
    }

    @Test
    void aResetForgetsWhatWasLive() {
        try (Heap heap = Strategy.ARENA.open(HEAP_BYTES)) {
            var profiler = new Profiler(heap);
            var worker = profiler.wrap(heap.attach());
            worker.allocate(1000);
            heap.recycle();
            profiler.onReset();
            worker.allocate(600);
            assertThat(profiler.profile().peakLiveBytes()).isEqualTo(1000);
        }
    }
}
