package io.github.huffhash.run;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Threads that do one job together. They are started while the job goes on; the first that fails
 * stops all others.
 */
public final class WorkerThreads implements AutoCloseable {
    /** What each thread does until there is no more of it. */
    @FunctionalInterface
    public interface Job {
        /** Does it. */
        void run() throws IOException, InterruptedException;
    }

    private final String name;
    private final Job job;
    private final ThreadFactory factory;

    /** How many threads there may be. Guarded by this. */
    private int limit;

    /** All threads ever started. Guarded by this. */
    private final List<Thread> threads = new ArrayList<>();

    /** The first failure, once there is one. Guarded by this. */
    private Optional<Throwable> failure = Optional.empty();

    /**
     * No threads yet.
     *
     * @param name the mode, for the names of the threads
     * @param limit how many threads there may be
     */
    public WorkerThreads(String name, int limit, Job job) {
        this(name, limit, job, Thread::new);
    }

    /** The same with threads made by {@code factory}. */
    WorkerThreads(String name, int limit, Job job, ThreadFactory factory) {
        this.factory = factory;
        this.name = name;
        this.limit = limit;
        this.job = job;
    }

    /**
     * Starts one more, unless there are as many as there may be, or one has failed. When the system
     * has no room for another, those that there are go on.
     *
     * @return whether there is a thread
     */
    public synchronized boolean start() {
        return startAnother() || !threads.isEmpty();
    }

    /** The same; returns whether this call has started one. */
    public synchronized boolean startAnother() {
        if (threads.size() < limit && failure.isEmpty()) {
            Thread thread = factory.newThread(this::work);
            thread.setName("huffhash-" + name + "-" + (threads.size() + 1));
            thread.setDaemon(true);
            try {
                thread.start();
                threads.add(thread);
                return true;
            } catch (OutOfMemoryError _) {
                limit = threads.size();
            }
        }
        return false;
    }

    /** Whether a thread has failed. */
    public synchronized boolean hasFailed() {
        return failure.isPresent();
    }

    private synchronized int size() {
        return threads.size();
    }

    private void work() {
        try {
            job.run();
        } catch (InterruptedException _) {
            fail(new InterruptedIOException("interrupted"));
        } catch (IOException
                | RuntimeException
                | Error e) { // the thread that awaits this one gets it
            fail(e);
        }
    }

    private synchronized void fail(Throwable cause) {
        if (failure.isPresent()) {
            return;
        }
        failure = Optional.of(cause);
        interruptAll();
    }

    /**
     * Waits until every thread has ended.
     *
     * @throws IOException the first failure, if it is one
     */
    public void await() throws IOException {
        joinAll();
        Throwable cause = failure().orElse(null);
        if (cause instanceof IOException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        if (cause instanceof RuntimeException e) {
            throw e;
        }
    }

    /** Interrupts every thread that still works, and waits until all have ended. */
    @Override
    public void close() {
        interruptAll();
        joinAll();
    }

    private synchronized void interruptAll() {
        threads.forEach(Thread::interrupt);
    }

    private synchronized Optional<Throwable> failure() {
        return failure;
    }

    private synchronized Thread thread(int index) {
        return threads.get(index);
    }

    /** An interrupt of the caller meanwhile stops all threads. */
    private void joinAll() {
        boolean interrupted = false;
        for (int i = 0; i < size(); ) {
            try {
                thread(i).join();
                i++;
            } catch (InterruptedException _) {
                interrupted = true;
                fail(new InterruptedIOException("interrupted"));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
