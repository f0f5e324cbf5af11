package io.github.huffhash.memory.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Waiting;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapLock;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Holds the lock of a heap, as another thread would. */
final class BusyLock implements AutoCloseable {
    private static final long OWNER = 99;

    private final HeapLock lock;
    private boolean held;

    private BusyLock(HeapLock lock) {
        this.lock = lock;
        held = lock.tryAcquire(OWNER);
        assertThat(held).as("the lock was free").isTrue();
    }

    static BusyLock of(Heap heap) {
        return new BusyLock(
                switch (heap) {
                    case OpportunisticHeap opportunistic -> opportunistic.lock();
                    case PageHeap paged -> paged.lock;
                    default -> throw new IllegalArgumentException("which lock? " + heap);
                });
    }

    /** Runs {@code action} in another thread, which must wait until the lock is released. */
    <T> T releaseFor(Callable<T> action) throws Exception {
        var task = new FutureTask<T>(action);
        var thread = new Thread(task, "waiter");
        thread.start();
        Waiting.untilBlockedOrEnded(thread);
        assertThat(task.isDone()).as("went on while another thread had the lock").isFalse();
        close();
        thread.join();
        return task.get();
    }

    /** Releases the lock. */
    @Override
    public void close() {
        if (held) {
            held = false;
            lock.release();
        }
    }
}
