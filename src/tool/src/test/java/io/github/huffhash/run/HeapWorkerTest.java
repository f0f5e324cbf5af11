package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Waiting;
import io.github.huffhash.memory.FirstFitHeap;
import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.run.PhaseClock.Phase;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A block that finds no room. */
@Timeout(30)
class HeapWorkerTest {
    private static final int HEAP_BYTES = 1 << 20;

    @Test
    void waitingToHaveTheHeapAloneIsTimeOfWaiting() throws Exception {
        var now = new AtomicLong();
        var clock = new PhaseClock(true, now::get);
        try (var heap = FirstFitHeap.ofThreads(HEAP_BYTES, false)) {
            var other = heap.attach();
            var reservation = other.reserve(HeapDemand.of(0), 0);
            long all = other.allocate(HEAP_BYTES - 16);
            var worker = new HeapWorker<>(heap, new SignatureWork(1024, 0), clock, _ -> heap);
            var task = new FutureTask<>(() -> worker.work(new byte[1024], 1024));
            var thread = new Thread(task, "worker");
            thread.start();
            Waiting.until("it waits", () -> thread.getState() == Thread.State.WAITING);
            now.addAndGet(77);
            other.free(all);
            reservation.close();

            assertThat(task.get().hashes()).hasSize(1);
            assertThat(clock.nanos(Phase.WAIT)).isEqualTo(77);
        }
    }
}
