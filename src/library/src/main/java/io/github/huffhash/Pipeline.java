package io.github.huffhash;

import io.github.huffhash.internal.zstd.Failure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * Jobs that several threads do at a time, and whose results come out in the order of the jobs.
 *
 * <p>One thread, the caller, submits jobs and takes results. It does a job itself if no worker has
 * begun it when its result is wanted: so nothing depends on the executor, which may reject tasks,
 * lose them, run them late or in the calling thread.
 *
 * @param <J> jobs
 * @param <R> results
 */
final class Pipeline<J, R> implements AutoCloseable {
    /** The way to do jobs, any number of them at a time. */
    @FunctionalInterface
    interface Work<J, R> {
        /** Does a job. */
        R work(J job) throws IOException;
    }

    /** So many jobs per worker may be under way that hardly any thread ever waits. */
    private static final int JOBS_PER_WORKER = 16;

    /** How long an own thread without a job waits for one. */
    private static final long KEEP_ALIVE_NANOS = 500_000_000;

    private final int workers;
    private final Optional<Executor> executor;
    private final Work<J, R> work;

    /** Tasks whose results are to be taken, in order. The caller's. */
    private final Deque<FutureTask<R>> tasks = new ArrayDeque<>();

    /** Those of them that no thread has begun, in order. Guarded by this, as all below are. */
    private final Deque<FutureTask<R>> waiting = new ArrayDeque<>();

    /** Workers that an executor was asked for and that have not begun. */
    private final Set<Request> requests = new HashSet<>();

    /** How many workers have begun and not ended. */
    private int active;

    /** Own threads that may be alive. */
    private final List<Thread> threads = new ArrayList<>();

    /** The caller while it asks the executor for a worker. */
    private Optional<Thread> asking = Optional.empty();

    private boolean closed;

    /**
     * What an executor is asked for: one worker. An executor that keeps it when it is no longer of
     * use, in a queue for example, does not keep the pipeline.
     */
    private static final class Request implements Runnable {
        private volatile Optional<Pipeline<?, ?>> pipeline;

        Request(Pipeline<?, ?> pipeline) {
            this.pipeline = Optional.of(pipeline);
        }

        @Override
        public void run() {
            pipeline.ifPresent(found -> found.runWorker(this));
        }
    }

    Pipeline(Workers workers, Work<J, R> work) {
        this.workers = workers.count();
        executor = workers.executor();
        this.work = work;
    }

    /** Whether there is no result to be taken. */
    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Whether so many jobs are under way that the next result should be taken. */
    boolean isFull() {
        int helpers;
        synchronized (this) {
            helpers = requests.size() + active;
        }
        return tasks.size() >= Math.max(1, JOBS_PER_WORKER * helpers);
    }

    /** Submits a job, behind the others. */
    void submit(J job) {
        var task = new FutureTask<R>(() -> work.work(job));
        tasks.add(task);
        if (workers == 0) {
            return;
        }
        Request request;
        synchronized (this) {
            waiting.add(task);
            notify(); // an own thread may wait for a job
            if (requests.size() + active >= workers || waiting.size() <= requests.size()) {
                return;
            }
            request = new Request(this);
            requests.add(request);
            asking = Optional.of(Thread.currentThread());
        }
        try {
            executor.orElse(this::startThread).execute(request);
        } catch (RuntimeException | Error e) { // no thread for us now: the caller goes on alone
            end(request);
        } finally {
            synchronized (this) {
                asking = Optional.empty();
            }
        }
    }

    private void startThread(Runnable worker) {
        var thread = new Thread(null, worker, "huffhash-worker", 0, false);
        thread.setDaemon(true);
        thread.start();
        synchronized (this) {
            threads.removeIf(other -> !other.isAlive());
            threads.add(thread);
        }
    }

    /** Ends a request for a worker; false if it has been ended before. */
    private synchronized boolean end(Request request) {
        request.pipeline = Optional.empty();
        return requests.remove(request);
    }

    /** A worker: does jobs as long as there are any. */
    private void runWorker(Request request) {
        synchronized (this) {
            if (!end(request) || asking.equals(Optional.of(Thread.currentThread()))) {
                return; // too late, or no other thread than the caller
            }
            active++;
        }
        for (var task = nextTask(); task.isPresent(); task = nextTask()) {
            task.get().run();
        }
    }

    /** The next task for a worker, which ends if there is none. */
    private synchronized Optional<FutureTask<R>> nextTask() {
        if (executor.isEmpty()) {
            awaitTask();
        }
        if (closed || waiting.isEmpty()) {
            active--;
            notifyAll();
            return Optional.empty();
        }
        return Optional.of(waiting.remove());
    }

    private synchronized void awaitTask() {
        long end = System.nanoTime() + KEEP_ALIVE_NANOS;
        long left = KEEP_ALIVE_NANOS;
        try {
            while (!closed && waiting.isEmpty() && left > 0) {
                wait(Math.max(1, left / 1_000_000));
                left = end - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // own threads: the worker ends
        }
    }

    /**
     * The result of the oldest job.
     *
     * @throws IOException if the job failed, or the caller was interrupted while it waited
     */
    R take() throws IOException {
        FutureTask<R> task = tasks.remove();
        synchronized (this) {
            if (task.equals(waiting.peek())) {
                waiting.remove();
            }
        }
        task.run(); // unless a worker has begun it
        boolean interrupted = Thread.interrupted(); // before: no reason to fail now
        try {
            return task.get();
        } catch (InterruptedException e) {
            interrupted = true;
            var failure = new InterruptedIOException("interrupted");
            failure.initCause(e);
            throw failure;
        } catch (ExecutionException e) {
            throw Failure.rethrown(Objects.requireNonNull(e.getCause()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets no further job begin, and waits until no worker is active and no own thread alive. */
    @Override
    public void close() {
        List<Thread> own;
        boolean interrupted = false;
        synchronized (this) {
            closed = true;
            waiting.clear();
            List.copyOf(requests).forEach(this::end);
            notifyAll();
            while (active > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            own = List.copyOf(threads);
        }
        for (int i = 0; i < own.size(); ) {
            try {
                own.get(i).join();
                i++;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
