package io.github.huffhash.channel;

import io.github.huffhash.memory.SharedWords;
import io.github.huffhash.run.WorkerThreads;
import io.github.huffhash.run.process.OwnJvm;
import io.github.huffhash.run.process.RegionFile;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Clients and workers over one mapped region, as threads or as processes. */
public final class Team implements AutoCloseable {
    /** How requests come to workers. */
    public enum Design {
        /** They do not: the client does the work. */
        ALONE,
        /** By one channel that all share. */
        CHANNEL,
        /** By a ring for each client. */
        RINGS
    }

    /** What a client or worker is doing. */
    public enum State {
        WAITING,
        HANDING_OVER,
        WORKING
    }

    private static final long LOOK_NANOS = 500_000;
    private static final long LONGEST_WAIT_NANOS = 60_000_000_000L;

    private final RegionFile file;
    private final Arena arena;
    private final TeamRegion region;
    private final WorkerThreads threads;
    private final List<Process> processes = new ArrayList<>();
    private long step;

    private Team(RegionFile file, Arena arena, TeamRegion region) {
        this.file = file;
        this.arena = arena;
        this.region = region;
        var number = new AtomicInteger();
        threads =
                new WorkerThreads(
                        "lab",
                        region.members(),
                        () -> new Participant(region, number.getAndIncrement()).run());
    }

    /**
     * Starts all members, which then wait.
     *
     * @param asProcesses whether each is a process
     */
    public static Team start(boolean asProcesses, int clients, int workers) throws IOException {
        Team team = create(clients, workers);
        try {
            team.start(asProcesses);
            return team;
        } catch (IOException e) {
            team.close();
            throw e;
        }
    }

    private static Team create(int clients, int workers) throws IOException {
        RegionFile file = RegionFile.create(TeamRegion.bytes(clients, workers));
        Arena arena = Arena.ofShared();
        try {
            var words = new SharedWords(file.map(arena));
            return new Team(file, arena, TeamRegion.create(words, clients, workers));
        } catch (IOException e) {
            arena.close();
            file.close();
            throw e;
        }
    }

    private void start(boolean asProcesses) throws IOException {
        for (int i = 0; i < region.members(); i++) {
            if (asProcesses) {
                processes.add(
                        OwnJvm.start(
                                Redirect.DISCARD,
                                Participant.class,
                                file.path().toString(),
                                Integer.toString(i)));
            } else if (!threads.startAnother() && !threads.hasFailed()) {
                throw new IOException("cannot start more than " + i + " threads");
            }
        }
    }

    /** Whether they are processes. */
    public boolean hasProcesses() {
        return !processes.isEmpty();
    }

    /**
     * What some clients and workers did in a while.
     *
     * @param requestsPerSecond answers that all clients have got
     * @param shares how much of the time of all of them was spent in each state
     */
    public record Sample(double requestsPerSecond, Map<State, Double> shares) {
        /** Copies the map. */
        public Sample {
            shares = Map.copyOf(shares);
        }
    }

    /**
     * Lets some of the clients and workers work, and the others wait.
     *
     * @param nanos how long to look at them
     */
    public Sample measure(Design design, int clients, int workers, long nanos) throws IOException {
        region.order(design, clients, workers);
        long began = step + 1;
        region.setStep(began);
        long before = answers();
        await(_ -> answers() > before + clients, "to work");
        long start = System.nanoTime();
        long first = answers();
        Map<State, Double> looks = new EnumMap<>(State.class);
        do {
            LockSupport.parkNanos(this, LOOK_NANOS);
            active().forEach(member -> looks.merge(region.state(member), 1.0, Double::sum));
        } while (System.nanoTime() - start < nanos);
        double rate = 1e9 * (answers() - first) / (System.nanoTime() - start);
        region.setStep(began + 1);
        await(member -> member >= region.clients() || region.done(member) == began, "to end");
        region.setStep(began + 2);
        await(member -> region.done(member) == began, "to end");
        step += TeamRegion.STEPS;
        double all = looks.values().stream().mapToDouble(Double::doubleValue).sum();
        looks.replaceAll((_, count) -> count / all);
        return new Sample(rate, looks);
    }

    private String name(int member) {
        boolean isClient = member < region.clients();
        return isClient ? "client " + member : "worker " + (member - region.clients());
    }

    private IntStream active() {
        return IntStream.range(0, region.members()).filter(region::isActive);
    }

    private long answers() {
        return IntStream.range(0, region.clients()).mapToLong(region::answers).sum();
    }

    private void await(IntPredicate isDone, String what) throws IOException {
        long start = System.nanoTime();
        while (!active().allMatch(isDone)) {
            if (threads.hasFailed()) {
                region.setStep(TeamRegion.END);
                threads.await();
            }
            for (Process process : processes) {
                if (!process.isAlive()) {
                    throw new IOException(
                            "%s has ended with status %d"
                                    .formatted(
                                            name(processes.indexOf(process)), process.exitValue()));
                }
            }
            if (System.nanoTime() - start > LONGEST_WAIT_NANOS) {
                int late = active().filter(isDone.negate()).findFirst().orElseThrow();
                throw new IOException(name(late) + " takes too long " + what);
            }
            LockSupport.parkNanos(this, LOOK_NANOS / 10);
        }
    }

    @Override
    public void close() throws IOException {
        region.setStep(TeamRegion.END);
        OwnJvm.kill(processes);
        threads.close();
        arena.close();
        file.close();
    }
}
