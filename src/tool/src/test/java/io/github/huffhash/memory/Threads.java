package io.github.huffhash.memory;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several threads at once. */
public final class Threads {
    /** What each thread does. */
    @FunctionalInterface
    public interface Job {
        /** Runs in one thread; they are numbered from 0. */
        void run(int thread) throws Exception;
    }

    private Threads() {}

    /** Starts all threads at the same moment and returns when all have ended, or fails as one. */
    public static void runTogether(int threads, Job job) throws Exception {
        var start = new CyclicBarrier(threads);
        var jobs = new ArrayList<Callable<Void>>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            jobs.add(() -> {
                start.await();
                job.run(thread);
                return null;
            });
        }
        try (var executor = Executors.newFixedThreadPool(threads)) {
            for (var end : executor.invokeAll(jobs)) {
                rethrow(end);
            }
        }
    }

    private static void rethrow(Future<Void> end) throws Exception {
        try {
            end.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a thread failed", e.getCause());
        }
    }
}
