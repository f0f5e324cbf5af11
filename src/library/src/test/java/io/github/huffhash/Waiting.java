package io.github.huffhash;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do. */
public final class Waiting {
    private static final long LIMIT_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long GLANCE_NANOS = Duration.ofMillis(1).toNanos();

    private Waiting() {}

    /** Returns as soon as {@code condition} holds; fails if it does not within 20 seconds. */
    public static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new AssertionError("waited in vain until " + what);
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    /** Returns once {@code latch} is open; it is a failure to be interrupted before. */
    public static void on(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns as soon as the object has been collected. */
    static void untilCollected(WeakReference<?> object) {
        until(
                "the object is collected",
                () -> {
                    System.gc();
                    return object.refersTo(null);
                });
    }

    /** Returns as soon as {@code thread} waits for another one, or has ended. */
    public static void untilBlockedOrEnded(Thread thread) {
        until(
                thread.getName() + " waits or has ended",
                () ->
                        switch (thread.getState()) {
                            case WAITING, TIMED_WAITING, BLOCKED, TERMINATED -> true;
                            case NEW, RUNNABLE -> false;
                        });
    }
}
