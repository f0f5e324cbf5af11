package io.github.huffhash.run;

import io.github.huffhash.block.BlockWork;
import io.github.huffhash.block.BlockWork.HeapWorker;
import io.github.huffhash.block.Phase;
import io.github.huffhash.block.PhaseClock;
import io.github.huffhash.io.BlockSource;
import io.github.huffhash.io.ResultSink;
import io.github.huffhash.memory.FirstFitHeap;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;
import java.io.IOException;
import java.io.InterruptedIOException;

/** One thread, one block after another in the simulated heap, no lock. */
final class SingleEngine implements Engine {
    private final EngineSettings settings;

    SingleEngine(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public <R> RunStatistics run(BlockSource source, BlockWork<R> work, ResultSink<R> sink)
            throws IOException {
        try (Heap heap = FirstFitHeap.ofOneThread(settings.heapBytes())) {
            return run(heap, source, work, sink);
        } catch (InterruptedException _) {
            throw new InterruptedIOException("interrupted");
        }
    }

    private <R> RunStatistics run(
            Heap heap, BlockSource source, BlockWork<R> work, ResultSink<R> sink)
            throws IOException, InterruptedException {
        HeapMemory memory = heap.memory();
        var clock = new PhaseClock(settings.timed());
        ThreadAllocator allocator = heap.attach();
        HeapWorker<R> worker = work.newHeapWorker(memory, allocator, clock);
        byte[] buffer = new byte[work.blockBytes()];
        long bytes = 0;
        long blocks = 0;
        while (true) {
            clock.start();
            int length = source.read(buffer, buffer.length);
            if (length == 0) {
                break;
            }
            R result;
            try (var _ = allocator.reserve(work.demand(length), blocks)) {
                long data = allocator.allocate(length);
                memory.write(data, buffer, length);
                clock.lap(Phase.READ);
                result = worker.work(data, length);
            }
            sink.accept(result);
            bytes += length;
            blocks++;
        }
        var phaseNanos = PhaseClock.sums();
        clock.addTo(phaseNanos);
        return new RunStatistics(bytes, blocks, 1, heap.counters(), heap.peakBytes(), phaseNanos);
    }
}
