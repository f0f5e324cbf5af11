package io.github.huffhash.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Threads that do one job together. Members are hired while the job goes on; the first that fails stops all others.
 */
final class Crew {
    /** What each member does until there is no more of it. */
    interface Job {
        void run() throws IOException, InterruptedException;
    }

    private final String name;
    private final int limit;
    private final Job job;
    /** Everybody ever hired. Guarded by this. */
    private final List<Thread> members = new ArrayList<>();
    /** The first failure; null while there is none. Guarded by this. */
    private Throwable failure;

    /**
     * A crew without members.
     *
     * @param name the mode, for the names of the threads
     * @param limit how many members it may have
     */
    Crew(String name, int limit, Job job) {
        this.name = name;
        this.limit = limit;
        this.job = job;
    }

    /** Hires one more, unless the crew is full or has failed. */
    synchronized void hire() {
        if (members.size() == limit || failure != null) {
            return;
        }
        Thread member = new Thread(this::work, "huffhash-" + name + "-" + (members.size() + 1));
        member.setDaemon(true);
        members.add(member);
        member.start();
    }

    /** How many were hired. */
    synchronized int size() {
        return members.size();
    }

    private void work() {
        try {
            job.run();
        } catch (Throwable e) { // whatever it is, it is thrown again by whoever awaits the crew
            fail(e);
        }
    }

    private synchronized void fail(Throwable cause) {
        if (failure != null) {
            return;
        }
        failure = cause;
        for (Thread member : members) {
            member.interrupt();
        }
    }

    /**
     * Waits until every member has ended.
     *
     * @throws IOException the first failure, if it is one
     */
    void await() throws IOException {
        for (int i = 0; i < size(); i++) {
            join(member(i));
        }
        synchronized (this) {
            switch (failure) {
                case null -> {}
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(failure);
            }
        }
    }

    private synchronized Thread member(int index) {
        return members.get(index);
    }

    private void join(Thread member) {
        while (true) {
            try {
                member.join();
                return;
            } catch (InterruptedException e) {
                fail(new InterruptedIOException("interrupted"));
            }
        }
    }
}
