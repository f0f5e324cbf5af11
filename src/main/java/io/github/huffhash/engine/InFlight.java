package io.github.huffhash.engine;

import io.github.huffhash.block.Phase;
import io.github.huffhash.block.PhaseClock;
import io.github.huffhash.heap.HeapStatistics;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;

/**
 * The blocks of a run that are in its heap, and what the threads that have ended counted. Only one
 * thread at a time may wait here: the one whose turn it is.
 */
final class InFlight {
    /** Guards all else. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition blockDone = lock.newCondition();
    private int blocks;
    private HeapStatistics heapStatistics = HeapStatistics.NONE;
    private final Map<Phase, Long> phaseNanos = PhaseClock.sums();

    /**
     * Waits until the heap is as it should be; it is looked at again whenever a block is done.
     *
     * @param ready whether it is, with so many blocks in it
     */
    void await(IntPredicate ready) throws InterruptedException {
        enter(ready, 0);
    }

    /** A block begins, once the heap is {@linkplain #await as it should be}. */
    void begin(IntPredicate ready) throws InterruptedException {
        enter(ready, 1);
    }

    private void enter(IntPredicate ready, int newBlocks) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!ready.test(blocks)) {
                blockDone.await();
            }
            blocks += newBlocks;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there are none. */
    boolean isEmpty() {
        lock.lock();
        try {
            return blocks == 0;
        } finally {
            lock.unlock();
        }
    }

    /** A block is done. */
    void end() {
        lock.lock();
        try {
            blocks--;
            blockDone.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Adds what a thread has counted that does no more blocks. */
    void add(HeapStatistics statistics, PhaseClock clock) {
        lock.lock();
        try {
            heapStatistics = heapStatistics.plus(statistics);
            clock.addTo(phaseNanos);
        } finally {
            lock.unlock();
        }
    }

    /** What all threads have counted; for when they have ended. */
    HeapStatistics heapStatistics() {
        return heapStatistics;
    }

    /** How long all threads took; for when they have ended. */
    Map<Phase, Long> phaseNanos() {
        return phaseNanos;
    }
}
