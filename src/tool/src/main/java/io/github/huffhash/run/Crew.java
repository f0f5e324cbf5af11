package io.github.huffhash.run;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Threads that do one job together. Members are hired while the job goes on; the first that fails
 * stops all others.
 */
public final class Crew implements AutoCloseable {
    /** What each member does until there is no more of it. */
    @FunctionalInterface
    public interface Job {
        /** Does it. */
        void run() throws IOException, InterruptedException;
    }

    private final String name;
    private final int limit;
    private final Job job;

    /** Everybody ever hired. Guarded by this. */
    private final List<Thread> members = new ArrayList<>();

    /** The first failure, once there is one. Guarded by this. */
    private Optional<Throwable> failure = Optional.empty();

    /**
     * A crew without members.
     *
     * @param name the mode, for the names of the threads
     * @param limit how many members it may have
     */
    public Crew(String name, int limit, Job job) {
        this.name = name;
        this.limit = limit;
        this.job = job;
    }

    /** Hires one more, unless the crew is full or has failed. */
    public synchronized void hire() {
        if (members.size() == limit || failure.isPresent()) {
            return;
        }
        Thread member = new Thread(this::work, "huffhash-" + name + "-" + (members.size() + 1));
        member.setDaemon(true);
        members.add(member);
        member.start();
    }

    /** Whether a member has failed. */
    public synchronized boolean hasFailed() {
        return failure.isPresent();
    }

    private synchronized int size() {
        return members.size();
    }

    private void work() {
        try {
            job.run();
        } catch (InterruptedException _) {
            fail(new InterruptedIOException("interrupted"));
        } catch (IOException
                | RuntimeException
                | Error e) { // whatever it is, whoever awaits the crew gets it
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
     * Waits until every member has ended.
     *
     * @throws IOException the first failure, if it is one
     */
    public void await() throws IOException {
        for (int i = 0; i < size(); i++) {
            join(member(i));
        }
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

    /** Stops every member that is still at it, and waits until all have ended. */
    @Override
    public void close() {
        interruptAll();
        for (int i = 0; i < size(); i++) {
            join(member(i));
        }
    }

    private synchronized void interruptAll() {
        members.forEach(Thread::interrupt);
    }

    private synchronized Optional<Throwable> failure() {
        return failure;
    }

    private synchronized Thread member(int index) {
        return members.get(index);
    }

    private void join(Thread member) {
        while (true) {
            try {
                member.join();
                return;
            } catch (InterruptedException _) {
                fail(new InterruptedIOException("interrupted"));
            }
        }
    }
}
