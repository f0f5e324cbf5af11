package io.github.huffhash.engine;

import io.github.huffhash.block.BlockWork;
import io.github.huffhash.block.BlockWork.HeapWorker;
import io.github.huffhash.block.Phase;
import io.github.huffhash.block.PhaseClock;
import io.github.huffhash.heap.HeapMemory;
import io.github.huffhash.io.BlockSource;
import io.github.huffhash.io.ResultSink;
import java.io.IOException;

/** One thread, one block after another in the simulated heap, no lock. */
final class SingleEngine implements Engine {
    private final EngineSettings settings;

    SingleEngine(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public <R> RunStatistics run(BlockSource source, BlockWork<R> work, ResultSink<R> sink)
            throws IOException {
        var space = new HeapSpace(settings.heapBytes(), 0);
        HeapMemory memory = space.memory();
        var heap = space.heap();
        var clock = new PhaseClock(settings.timed());
        HeapWorker<R> worker = work.newHeapWorker(memory, heap, clock);
        byte[] buffer = new byte[work.blockBytes()];
        long bytes = 0;
        long blocks = 0;
        while (true) {
            clock.start();
            int length = source.read(buffer, buffer.length);
            if (length == 0) {
                break;
            }
            work.demand(length).checkFits(heap, length);
            long data = heap.allocate(length);
            memory.write(data, buffer, length);
            clock.lap(Phase.READ);
            sink.accept(worker.work(data, length));
            bytes += length;
            blocks++;
        }
        var phaseNanos = PhaseClock.sums();
        clock.addTo(phaseNanos);
        return new RunStatistics(bytes, blocks, 1, heap.statistics(), phaseNanos);
    }
}
