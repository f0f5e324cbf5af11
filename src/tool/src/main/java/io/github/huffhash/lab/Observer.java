package io.github.huffhash.lab;

import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks at every operation of a run and times it: too slow for the timed runs, so it has a run of
 * its own. A piece's size is kept in the piece.
 */
final class Observer {
    private final Heap space;
    private final AtomicLong live = new AtomicLong();
    private FreeSpace atEnd = FreeSpace.NONE;

    /** Everybody observed. Guarded by this. */
    private final List<Observed> workers = new ArrayList<>();

    Observer(Heap space) {
        this.space = space;
    }

    /** A worker's allocator under observation. */
    synchronized Allocator observe(ThreadAllocator worker) {
        var observed = new Observed(worker);
        workers.add(observed);
        return observed;
    }

    /** All workers have ended, and still have what they have. */
    void onEnd() {
        atEnd = space.freeSpace();
    }

    void onReset() {
        live.set(0);
    }

    /** What was seen, once everything has been freed. */
    synchronized Diagnosis diagnosis() {
        var times = new LatencyHistogram();
        long requested = 0;
        long granted = 0;
        long peakLive = 0;
        for (Observed worker : workers) {
            times.addAll(worker.own);
            requested += worker.ownRequested;
            granted += worker.ownGranted;
            peakLive = Math.max(peakLive, worker.ownPeak);
        }
        return new Diagnosis(
                times.percentile(50),
                times.percentile(99),
                times.max(),
                granted == 0 ? 0 : (double) (granted - requested) / granted,
                atEnd.fragmentation(),
                peakLive,
                space.peakBytes(),
                space.capacity() - space.freeSpace().totalBytes());
    }

    private final class Observed implements Allocator {
        private final ThreadAllocator worker;
        private final HeapMemory memory = space.memory();
        private final LatencyHistogram own = new LatencyHistogram();
        private long ownRequested;
        private long ownGranted;
        private long ownPeak;

        Observed(ThreadAllocator worker) {
            this.worker = worker;
        }

        @Override
        public long allocate(long bytes) {
            long start = System.nanoTime();
            long offset = worker.allocate(bytes);
            own.add(System.nanoTime() - start);
            if (offset != HeapMemory.NULL) {
                memory.set(offset, bytes);
                ownRequested += bytes;
                ownGranted += worker.usableSize(offset, bytes);
                ownPeak = Math.max(ownPeak, live.addAndGet(bytes));
            }
            return offset;
        }

        @Override
        public void free(long offset) {
            live.addAndGet(-memory.get(offset));
            long start = System.nanoTime();
            worker.free(offset);
            own.add(System.nanoTime() - start);
        }

        @Override
        public Counters counters() {
            return worker.counters();
        }
    }
}
