package io.github.huffhash.memory.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Waiting;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapLock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Holds all locks of a heap, as another thread would. */
final class BusyLock implements AutoCloseable {
    private static final long OWNER = 99;

    private final List<HeapLock> locks;
    private boolean held = true;

    private BusyLock(List<HeapLock> locks) {
        this.locks = locks;
        assertThat(locks).as("free locks").isNotEmpty().allMatch(lock -> lock.tryAcquire(OWNER));
    }

    static BusyLock of(Heap heap) {
        return new BusyLock(heap.locks());
    }

    /** Runs {@code action} in another thread, which must wait until the lock is released. */
    <T> T releaseFor(Callable<T> action) throws Exception {
        return releaseFor(action, () -> {});
    }

    /** The same, with {@code meanwhile} done in this thread while the other waits. */
    <T> T releaseFor(Callable<T> action, Runnable meanwhile) throws Exception {
        var task = new FutureTask<T>(action);
        var thread = new Thread(task, "waiter");
        thread.start();
        Waiting.untilBlockedOrEnded(thread);
        assertThat(task.isDone()).as("went on while another thread had the lock").isFalse();
        meanwhile.run();
        close();
        thread.join();
        return task.get();
    }

    /** Releases the lock. */
    @Override
    public void close() {
        if (held) {
            held = false;
            locks.forEach(HeapLock::release);
        }
    }
}
