package io.github.huffhash;

import io.github.huffhash.internal.zstd.Spares;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Jobs that several workers do at a time, and whose results come out in the order of the jobs.
 * Getting the next job is part of what workers do, so that reading overlaps working as well.
 *
 * <p>One thread, the caller, starts jobs and takes results; of each there are as many.
 *
 * @param <J> jobs
 * @param <R> results
 */
final class Pipeline<J, R> implements AutoCloseable {
    /** Where jobs come from. Workers take turns. */
    @FunctionalInterface
    interface Source<J> {
        /** The next job, or nothing once there are no more. */
        Optional<J> next() throws IOException;
    }

    /** One worker's way to do a job. */
    @FunctionalInterface
    interface Work<J, R> {
        /** Does it. */
        R work(J job) throws IOException;
    }

    private static final long KEEP_ALIVE_MILLIS = 500;

    private final int workers;

    /** Threads that end with the pipeline; without workers there are none. */
    private final Optional<ExecutorService> ownThreads;

    private final Optional<Executor> executor;
    private final Source<J> source;
    private final Supplier<Work<J, R>> newWork;

    /** Ways to work that nobody is using: they have scratch memory. */
    private final Spares<Work<J, R>> idle = new Spares<>();

    /** Results to be taken, in order. The caller's. */
    private final Deque<CompletableFuture<Optional<R>>> results = new ArrayDeque<>();

    /** Results whose jobs have not begun, in order. Guarded by itself. */
    private final Deque<CompletableFuture<Optional<R>>> waiting = new ArrayDeque<>();

    /** Workers at work. Guarded by {@link #waiting}. */
    private int running;

    /** Held by the worker whose turn it is to get a job. */
    private final ReentrantLock turn = new ReentrantLock();

    /** Whether there are no more jobs to get. Guarded by the turn. */
    private boolean ended;

    private volatile boolean closed;

    Pipeline(Workers workers, Source<J> source, Supplier<Work<J, R>> newWork) {
        this.workers = workers.count();
        ownThreads =
                this.workers > 0 && workers.executor().isEmpty()
                        ? Optional.of(newThreads(this.workers))
                        : Optional.empty();
        executor = workers.executor().or(() -> ownThreads);
        this.source = source;
        this.newWork = newWork;
    }

    private static ExecutorService newThreads(int count) {
        var threads =
                new ThreadPoolExecutor(
                        count,
                        count,
                        KEEP_ALIVE_MILLIS,
                        TimeUnit.MILLISECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> {
                            var thread = new Thread(task, "huffhash-worker");
                            thread.setDaemon(true);
                            return thread;
                        });
        threads.allowCoreThreadTimeOut(true); // should the pipeline never be closed
        return threads;
    }

    /** How many jobs should be under way: so many that hardly any thread ever waits. */
    int depth() {
        return Math.max(1, 16 * workers);
    }

    /** How many results there are to be taken. */
    int pending() {
        return results.size();
    }

    /**
     * Starts a job: the next that the source has.
     *
     * @throws IOException if the executor takes no task
     */
    void start() throws IOException {
        var result = new CompletableFuture<Optional<R>>();
        results.add(result);
        synchronized (waiting) {
            waiting.add(result);
            if (running == workers) {
                return;
            }
            running++;
        }
        boolean begun = false;
        try {
            executor.orElseThrow().execute(this::run);
            begun = true;
        } catch (RejectedExecutionException e) {
            if (isIdle()) {
                throw new IOException("the executor takes no more tasks", e);
            }
        } finally {
            if (!begun) {
                synchronized (waiting) {
                    running--;
                }
            }
        }
    }

    /** Whether nobody works but the one who could not be started. */
    private boolean isIdle() {
        synchronized (waiting) {
            return running == 1;
        }
    }

    /**
     * The result of the oldest job; nothing if there was none left.
     *
     * <p>If the job has not begun, the caller does it: all other threads may be busy with something
     * that waits for this one.
     */
    Optional<R> take() throws IOException {
        CompletableFuture<Optional<R>> result = results.remove();
        if (isNext()) {
            doOne(true);
        }
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IllegalStateException(e);
        }
    }

    /** Whether the job whose result was removed last has not begun. Only the caller may ask. */
    private boolean isNext() {
        synchronized (waiting) {
            return waiting.size() > results.size();
        }
    }

    private Work<J, R> work() {
        return idle.take().orElseGet(newWork);
    }

    /** A worker: does jobs as long as there are any. */
    private void run() {
        while (doOne(false)) {
            // and another one
        }
    }

    /**
     * Does the next job.
     *
     * @param caller whether this is the caller, who does no job but the one that {@link #isNext}
     * @return whether there was one
     */
    private boolean doOne(boolean caller) {
        CompletableFuture<Optional<R>> result;
        Optional<J> job;
        turn.lock();
        try {
            synchronized (waiting) {
                if (caller && !isNext()) {
                    return false; // a worker was faster
                }
                if (!caller && (closed || waiting.isEmpty())) {
                    running--;
                    return false;
                }
                result = waiting.remove();
            }
            try {
                job = nextJob();
            } catch (Throwable e) { // for whoever takes the result
                result.completeExceptionally(e);
                return true;
            }
        } finally {
            turn.unlock();
        }
        try {
            if (job.isEmpty()) {
                result.complete(Optional.empty());
            } else {
                Work<J, R> work = work();
                R done = work.work(job.get());
                idle.give(work);
                result.complete(Optional.of(done));
            }
        } catch (Throwable e) { // for whoever takes the result
            result.completeExceptionally(e);
        }
        return true;
    }

    private Optional<J> nextJob() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        ended = true; // unless there is a job
        Optional<J> job = source.next();
        ended = job.isEmpty();
        return job;
    }

    /** Lets no further job begin. Jobs at hand come to their end, which nobody awaits. */
    @Override
    public void close() {
        closed = true;
        ownThreads.ifPresent(ExecutorService::shutdownNow);
    }
}
