package io.github.huffhash.lab;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.lab.Workload.Loop;
import io.github.huffhash.lab.Workload.Part;
import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.ThreadAllocator;
import io.github.huffhash.memory.strategy.Strategy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BenchmarkRunTest {
    private static final LabSettings SETTINGS =
            new LabSettings(
                    List.of(Strategy.ARENA), List.of(2), 64, 64, 2000, 7, 0, 256, 4096, 1, 0);

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aWorkerThatFailsDoesNotLeaveTheOthersWaitingForAReset() {
        var part = new Part("", Loop.TIGHT_LOOP, 64, 64, false);
        var other = new CompletableFuture<Thread>();
        var observer =
                new BenchmarkRun.Observer() {
                    @Override
                    public Allocator wrap(ThreadAllocator worker) {
                        return other.complete(Thread.currentThread())
                                ? worker
                                : new Failing(worker, other);
                    }
                };
        try (Heap heap = Strategy.ARENA.open(SETTINGS.heapBytes())) {
            var run = new BenchmarkRun(heap, SETTINGS, part, 2, TraceReplay.newCopy(), 0, observer);
            assertThatThrownBy(run::run).hasMessage("on purpose");
        }
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aWorkerThatFailsBeforeTheStartDoesNotLeaveTheOthersWaitingForIt() {
        var part = new Part("", Loop.TIGHT_LOOP, 64, 64, false);
        var wrapped = new AtomicInteger();
        var observer =
                new BenchmarkRun.Observer() {
                    @Override
                    public Allocator wrap(ThreadAllocator worker) {
                        if (wrapped.getAndIncrement() == 1) {
                            throw new IllegalStateException("on purpose");
                        }
                        return worker;
                    }
                };
        try (Heap heap = Strategy.ARENA.open(SETTINGS.heapBytes())) {
            var run = new BenchmarkRun(heap, SETTINGS, part, 2, TraceReplay.newCopy(), 0, observer);
            assertThatThrownBy(run::run).hasMessage("on purpose");
        }
    }

    /** Fails at the first request, once the other worker waits for a reset of the full arena. */
    private record Failing(ThreadAllocator worker, CompletableFuture<Thread> other)
            implements Allocator {
        @Override
        public long allocate(long bytes) {
            while (other.join().getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            throw new IllegalStateException("on purpose");
        }

        @Override
        public void free(long offset) {
            worker.free(offset);
        }
    }
}
