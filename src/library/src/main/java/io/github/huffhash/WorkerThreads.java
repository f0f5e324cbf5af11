package io.github.huffhash;

import io.github.huffhash.internal.zstd.Failure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The threads of one blocking call. They take turns at reading, work at the same time, and pass
 * their results on in the order in which the jobs were read. None is alive when {@link #run}
 * returns.
 *
 * <p>Threads are started as jobs are read, so that little input costs few threads. A thread that is
 * far ahead of the slowest one waits, so that memory does not depend on the length of the input.
 * Failures come in order as well: all results before one are passed on, then it interrupts all
 * threads.
 *
 * @param <R> results
 */
final class WorkerThreads<R> {
    /** What one thread does. An instance belongs to one thread. */
    interface Worker<R> {
        /** Reads the next job, while no other worker reads; false if there are no more. */
        boolean read() throws IOException;

        /** Whether it is known that no job follows the one that was read. */
        default boolean isLast() {
            return false;
        }

        /** Does the job that was read. */
        R work() throws IOException;
    }

    /** Takes results. */
    @FunctionalInterface
    interface Sink<R> {
        /** Takes the next result, while no other thread brings one. */
        void accept(R result) throws IOException;
    }

    /** What a job came to: a result, or a failure to read or to do it. */
    @FunctionalInterface
    private interface Outcome<R> {
        R get() throws IOException;

        static <R> Outcome<R> failed(Throwable cause) {
            return () -> {
                throw Failure.rethrown(cause);
            };
        }
    }

    /** How many results per thread may wait for a slower one. */
    private static final int WINDOW_PER_THREAD = 16;

    private final int limit;
    private final Supplier<Worker<R>> newWorker;
    private final Sink<R> sink;

    /** All threads started. Guarded by itself. */
    private final List<Thread> threads = new ArrayList<>();

    /** The first failure, once there is one. Written under the lock of {@link #threads}. */
    private volatile Optional<Throwable> failure = Optional.empty();

    /** Held by the thread that reads. */
    private final Object turn = new Object();

    /** How many jobs have been read. Guarded by the turn. */
    private long jobs;

    /** Whether there are no more jobs. Guarded by the turn. */
    private boolean ended;

    /** What waits for earlier results, by index. Guarded by itself. */
    private final Map<Long, Outcome<R>> early = new HashMap<>();

    /** Index of the next result for the sink. Guarded by {@link #early}. */
    private long next;

    /**
     * @param limit how many threads may work, at least 1; the caller alone works if it is 1
     * @param newWorker makes a worker, in its thread
     */
    WorkerThreads(int limit, Supplier<Worker<R>> newWorker, Sink<R> sink) {
        this.limit = limit;
        this.newWorker = newWorker;
        this.sink = sink;
    }

    /**
     * Does all jobs.
     *
     * @throws IOException the first failure, if it is one
     * @throws InterruptedIOException if the caller was interrupted while it waited for the threads;
     *     its interrupt status is set again
     */
    void run() throws IOException {
        if (limit == 1 || !start()) {
            runInCaller();
            return;
        }
        awaitAll();
        if (failure.isPresent()) {
            throw Failure.rethrown(failure.get());
        }
    }

    private void runInCaller() throws IOException {
        Worker<R> worker = newWorker.get();
        while (worker.read()) {
            sink.accept(worker.work());
            if (worker.isLast()) {
                return;
            }
        }
    }

    /** Starts one more thread, unless there are enough; whether there is any. */
    private boolean start() {
        synchronized (threads) {
            if (threads.size() < limit && failure.isEmpty()) {
                var thread = new Thread(null, this::runInThread, "huffhash-worker", 0, false);
                thread.setDaemon(true);
                try {
                    thread.start();
                    threads.add(thread);
                } catch (OutOfMemoryError e) {
                    return !threads.isEmpty(); // the system has no thread for us
                }
            }
            return true;
        }
    }

    private void runInThread() {
        try {
            Worker<R> worker = newWorker.get();
            while (doJob(worker)) {
                // go on
            }
        } catch (InterruptedException e) {
            fail(new InterruptedIOException("interrupted"));
        } catch (Throwable e) { // the caller throws it
            fail(e);
        }
    }

    /** Reads a job in this thread's turn and does it; false if there are no more. */
    private boolean doJob(Worker<R> worker) throws IOException, InterruptedException {
        Optional<Outcome<R>> unread = Optional.empty();
        boolean more;
        long index;
        synchronized (turn) {
            if (ended || failure.isPresent()) {
                return false;
            }
            ended = true; // unless there is a job
            try {
                if (!worker.read()) {
                    return false;
                }
                ended = worker.isLast();
            } catch (Throwable e) {
                unread = Optional.of(Outcome.failed(e));
            }
            more = !ended;
            index = jobs++;
        }
        if (more) {
            start();
        }
        pass(index, unread.isPresent() ? unread.get() : outcome(worker));
        return true;
    }

    private static <R> Outcome<R> outcome(Worker<R> worker) {
        try {
            R result = worker.work();
            return () -> result;
        } catch (Throwable e) {
            return Outcome.failed(e);
        }
    }

    /** Passes a result to the sink, with those behind it that have come; or leaves it for later. */
    private void pass(long index, Outcome<R> outcome) throws IOException, InterruptedException {
        synchronized (early) {
            while (failure.isEmpty() && index >= next + (long) WINDOW_PER_THREAD * limit) {
                early.wait();
            }
            if (failure.isPresent() || Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (index != next) {
                early.put(index, outcome);
                return;
            }
        }
        Optional<Outcome<R>> mine = Optional.of(outcome);
        while (mine.isPresent()) {
            sink.accept(mine.get().get()); // outside of the lock
            synchronized (early) {
                next++;
                early.notifyAll();
                mine = Optional.ofNullable(early.remove(next));
            }
        }
    }

    private void fail(Throwable cause) {
        synchronized (threads) {
            if (failure.isEmpty()) {
                failure = Optional.of(cause);
                threads.forEach(Thread::interrupt);
            }
        }
        synchronized (early) {
            early.notifyAll(); // for threads whose source has swallowed the interrupt
        }
    }

    /** Only a living thread starts others, so there are none once this gives nothing. */
    private Optional<Thread> aliveThread() {
        synchronized (threads) {
            return threads.stream().filter(Thread::isAlive).findFirst();
        }
    }

    private void awaitAll() {
        boolean interrupted = Thread.interrupted(); // before: no reason to fail now
        for (Optional<Thread> thread = aliveThread(); thread.isPresent(); thread = aliveThread()) {
            try {
                thread.get().join();
            } catch (InterruptedException e) {
                interrupted = true;
                fail(new InterruptedIOException("interrupted"));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
