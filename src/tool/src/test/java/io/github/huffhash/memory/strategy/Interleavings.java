package io.github.huffhash.memory.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Runs a few threads in every order in which their steps can follow each other: a thread goes on
 * from one step to the next only when it is told to, one thread at a time.
 *
 * <p>The orders are gone through depth first: each run repeats the choices of the one before, up to
 * the last at which another thread could have gone on, and lets that one go on. What this cannot
 * show is what a processor's memory does to steps that are not ordered.
 */
final class Interleavings implements AutoCloseable {
    /** Makes the objects of one run anew and tells what is to be done with them. */
    @FunctionalInterface
    interface Scenario {
        /** The threads of one run; each calls {@link Interleavings#step} before what others see. */
        Run start(Interleavings steps);
    }

    /**
     * One run.
     *
     * @param threads what each thread does
     * @param check is called when all have ended
     */
    record Run(List<Runnable> threads, Runnable check) {}

    /** A choice among threads: which was taken, of how many. */
    private record Choice(int taken, int among) {}

    private static final class Player {
        final Semaphore go = new Semaphore(0);
        boolean ended;
    }

    /** Virtual threads change places in a microsecond. */
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private final Semaphore stopped = new Semaphore(0);
    private static final ThreadLocal<Player> CURRENT = new ThreadLocal<>();

    /** Before an access to what is shared: waits for its turn. Elsewhere it does nothing. */
    void step() {
        Player player = CURRENT.get();
        if (player != null) {
            stopped.release();
            player.go.acquireUninterruptibly();
        }
    }

    /** Goes through all orders; returns how many there were. */
    int explore(Scenario scenario) throws InterruptedException {
        try {
            return executor.submit(() -> exploreHere(scenario)).get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private int exploreHere(Scenario scenario) throws InterruptedException {
        List<Choice> choices = new ArrayList<>();
        int runs = 0;
        do {
            play(scenario.start(this), choices);
            runs++;
        } while (advance(choices));
        return runs;
    }

    private static boolean advance(List<Choice> choices) {
        while (!choices.isEmpty()) {
            Choice last = choices.removeLast();
            if (last.taken + 1 < last.among) {
                choices.add(new Choice(last.taken + 1, last.among));
                return true;
            }
        }
        return false;
    }

    private void play(Run run, List<Choice> choices) throws InterruptedException {
        List<Player> running = new ArrayList<>();
        List<Future<?>> futures = new ArrayList<>();
        for (Runnable thread : run.threads) {
            var player = new Player();
            running.add(player);
            futures.add(executor.submit(() -> perform(player, thread)));
        }
        for (int i = 0; !running.isEmpty(); i++) {
            if (i == choices.size()) {
                choices.add(new Choice(0, running.size()));
            }
            Player player = running.get(choices.get(i).taken);
            player.go.release();
            stopped.acquire();
            if (player.ended) {
                running.remove(player);
            }
        }
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (ExecutionException e) {
                throw new AssertionError("a thread failed, with the choices " + choices, e);
            }
        }
        try {
            run.check.run();
        } catch (AssertionError e) {
            throw new AssertionError("with the choices " + choices, e);
        }
    }

    private void perform(Player player, Runnable thread) {
        player.go.acquireUninterruptibly();
        CURRENT.set(player);
        try {
            thread.run();
        } finally {
            CURRENT.remove();
            player.ended = true;
            stopped.release();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        executor.close();
    }
}
