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
import org.HdrHistogram.Histogram;

/**
 * Times every call of one worker's allocator and follows the live bytes. That is too slow for the
 * timed runs, so profiles have runs of their own. A piece's size is kept in the piece.
 */
final class ProfilingAllocator implements Allocator {
    /** Percentiles are at most 1 % too high. */
    private static final int SIGNIFICANT_DIGITS = 2;

    private final ThreadAllocator worker;
    private final HeapMemory memory;

    /** The live bytes of all workers. */
    private final AtomicLong live;

    private final Histogram nanos = new Histogram(SIGNIFICANT_DIGITS);
    private long requestedBytes;
    private long usableBytes;
    private long peakLiveBytes;

    private ProfilingAllocator(ThreadAllocator worker, HeapMemory memory, AtomicLong live) {
        this.worker = worker;
        this.memory = memory;
        this.live = live;
    }

    @Override
    public long allocate(long bytes) {
        long start = System.nanoTime();
        long offset = worker.allocate(bytes);
        nanos.recordValue(System.nanoTime() - start);
        if (offset != HeapMemory.NULL) {
            memory.set(offset, bytes);
            requestedBytes += bytes;
            usableBytes += worker.usableSize(offset, bytes);
            peakLiveBytes = Math.max(peakLiveBytes, live.addAndGet(bytes));
        }
        return offset;
    }

    @Override
    public void free(long offset) {
        live.addAndGet(-memory.get(offset));
        long start = System.nanoTime();
        worker.free(offset);
        nanos.recordValue(System.nanoTime() - start);
    }

    @Override
    public Counters counters() {
        return worker.counters();
    }

    /** Forgets the calls until now; what they have allocated is live. */
    private void beginAgain() {
        nanos.reset();
        requestedBytes = 0;
        usableBytes = 0;
    }

    /**
     * The results of a profiled run. Times are those of single requests and frees, and contain the
     * clock's own.
     *
     * @param p50Nanos half of the calls took no longer
     * @param p99Nanos 99 of 100 took no longer
     * @param maxNanos the longest
     * @param internalFragmentation the share of the usable bytes that was not requested
     * @param externalFragmentation at the end, before anything was freed: the share of the free
     *     bytes outside the largest free piece
     * @param peakLiveBytes the most bytes requested and not yet freed
     * @param peakReservedBytes the most bytes of the heap that were live or in a worker's cache
     * @param leakedBytes the bytes that were not free once everything had been freed
     */
    record AllocationProfile(
            long p50Nanos,
            long p99Nanos,
            long maxNanos,
            double internalFragmentation,
            double externalFragmentation,
            long peakLiveBytes,
            long peakReservedBytes,
            long leakedBytes) {}

    /** Wraps the allocators of one run and sums them up. */
    static final class Profiler implements BenchmarkRun.Observer {
        private final Heap heap;
        private final AtomicLong live = new AtomicLong();
        private FreeSpace freeAtEnd = FreeSpace.NONE;

        /** Guarded by this. */
        private final List<ProfilingAllocator> allocators = new ArrayList<>();

        Profiler(Heap heap) {
            this.heap = heap;
        }

        @Override
        public synchronized Allocator wrap(ThreadAllocator worker) {
            var allocator = new ProfilingAllocator(worker, heap.memory(), live);
            allocators.add(allocator);
            return allocator;
        }

        @Override
        public synchronized void onStart() {
            allocators.forEach(ProfilingAllocator::beginAgain);
        }

        @Override
        public void onEnd() {
            freeAtEnd = heap.freeSpace();
        }

        @Override
        public void onReset() {
            live.set(0);
        }

        /** The profile, once everything has been freed. */
        synchronized AllocationProfile profile() {
            var nanos = new Histogram(SIGNIFICANT_DIGITS);
            long requested = 0;
            long usable = 0;
            long peakLive = 0;
            for (ProfilingAllocator allocator : allocators) {
                nanos.add(allocator.nanos);
                requested += allocator.requestedBytes;
                usable += allocator.usableBytes;
                peakLive = Math.max(peakLive, allocator.peakLiveBytes);
            }
            return new AllocationProfile(
                    nanos.getValueAtPercentile(50),
                    nanos.getValueAtPercentile(99),
                    nanos.getMaxValue(),
                    usable == 0 ? 0 : (double) (usable - requested) / usable,
                    freeAtEnd.fragmentation(),
                    peakLive,
                    heap.peakBytes(),
                    heap.capacity() - heap.freeSpace().totalBytes());
        }
    }
}
