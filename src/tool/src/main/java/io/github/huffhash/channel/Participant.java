package io.github.huffhash.channel;

import io.github.huffhash.channel.Team.State;
import io.github.huffhash.memory.PageRegistry;
import io.github.huffhash.memory.SharedWords;
import io.github.huffhash.run.process.Backoff;
import io.github.huffhash.run.process.OwnJvm;
import io.github.huffhash.run.process.RegionFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A client or a worker, in a thread or a process of its own. Workers look up pages. */
public final class Participant {
    private static final int PAGES = 512;
    private static final int LOOKUPS = 32;
    private static final long SEED = 1;
    private static final long LONGEST_NAP_NANOS = 1_000_000;
    private static final long LONGEST_IDLE_NANOS = 10_000_000;

    private final TeamRegion region;
    private final int number;
    private final Backoff idle = new Backoff(LONGEST_IDLE_NANOS);
    private final Backoff busy = new Backoff(LONGEST_NAP_NANOS);
    private final PageRegistry registry = new PageRegistry(PAGES, SEED);
    private final long[] pointers = registry.pointers(true, SEED);
    private final long[] answers =
            IntStream.range(0, pointers.length / LOOKUPS).mapToLong(this::answer).toArray();

    /** The step at which this member began. */
    private long began;

    private int nextSent;
    private int nextReceived;

    /**
     * @param number clients come first, then workers
     */
    Participant(TeamRegion region, int number) {
        this.region = region;
        this.number = number;
    }

    /** A process: its arguments are the region's file and the member's number. */
    public static void main(String[] args) throws IOException, InterruptedException {
        OwnJvm.endWithParent();
        try (Arena arena = Arena.ofShared()) {
            var words = new SharedWords(RegionFile.map(Path.of(args[0]), arena));
            new Participant(TeamRegion.attach(words), Integer.parseInt(args[1])).run();
        }
        Runtime.getRuntime().halt(0);
    }

    /** Takes part in one measurement after another, until the last has ended. */
    void run() throws InterruptedException {
        long next = 1;
        while (true) {
            while (region.step() < next) {
                idle.pause();
            }
            idle.reset();
            long step = region.step();
            if (step == TeamRegion.END) {
                return;
            }
            began = step - (step - 1) % TeamRegion.STEPS;
            if (region.isActive(number)) {
                takePart();
            }
            region.setState(number, State.WAITING);
            region.setDone(number, began);
            next = began + TeamRegion.STEPS;
        }
    }

    private void takePart() throws InterruptedException {
        boolean isClient = number < region.clients();
        switch (region.design()) {
            case ALONE -> workAlone();
            case CHANNEL -> {
                if (isClient) {
                    askByChannel(region.channel());
                } else {
                    answerByChannel(region.channel());
                }
            }
            case RINGS -> {
                if (isClient) {
                    askByRing(region.ring(number));
                } else {
                    int worker = number - region.clients();
                    int workers = region.activeWorkers();
                    answerByRings(
                            IntStream.range(0, region.activeClients())
                                    .filter(client -> client % workers == worker)
                                    .mapToObj(region::ring)
                                    .toList());
                }
            }
        }
    }

    private boolean clientsWork() {
        return region.step() == began;
    }

    private boolean workersWork() {
        return region.step() < began + 2;
    }

    private void workAlone() {
        region.setState(number, State.WORKING);
        while (clientsWork()) {
            received(answer(nextRequest()));
            region.addAnswers(number, 1);
        }
    }

    private void askByChannel(RequestChannel channel) throws InterruptedException {
        while (clientsWork()) {
            region.setState(number, State.WAITING);
            channel.clients().acquire(number + 1L);
            try {
                await(channel::isEmpty);
                region.setState(number, State.HANDING_OVER);
                channel.ask(nextRequest());
                region.setState(number, State.WAITING);
                await(channel::isAnswered);
                region.setState(number, State.HANDING_OVER);
                received(channel.take());
            } finally {
                channel.clients().release();
            }
            region.addAnswers(number, 1);
        }
    }

    private void answerByChannel(RequestChannel channel) throws InterruptedException {
        while (workersWork()) {
            region.setState(number, State.WAITING);
            channel.servers().acquire(number + 1L);
            try {
                await(() -> channel.isAsked() || !workersWork());
                if (channel.isAsked()) {
                    int request = (int) channel.request();
                    region.setState(number, State.WORKING);
                    long value = answer(request);
                    region.setState(number, State.HANDING_OVER);
                    channel.answer(value);
                    region.setState(number, State.WAITING);
                    await(channel::isTaken);
                    channel.empty();
                }
            } finally {
                channel.servers().release();
            }
        }
    }

    private void askByRing(RequestRing ring) throws InterruptedException {
        while (clientsWork() || ring.isOpen()) {
            region.setState(number, State.HANDING_OVER);
            while (clientsWork() && ring.trySend(nextSent)) {
                nextRequest();
            }
            region.setState(number, State.WAITING);
            await(() -> ring.hasAnswer() || !ring.isOpen()); // the end may have come first
            region.setState(number, State.HANDING_OVER);
            int count = 0;
            for (; ring.hasAnswer(); count++) {
                received(ring.receive());
            }
            region.addAnswers(number, count);
        }
    }

    private void answerByRings(List<RequestRing> rings) {
        while (workersWork()) {
            boolean idled = true;
            for (RequestRing ring : rings) {
                for (int i = 0; i < RequestRing.SLOTS && ring.hasRequest(); i++) {
                    int request = (int) ring.request();
                    region.setState(number, State.WORKING);
                    long value = answer(request);
                    region.setState(number, State.HANDING_OVER);
                    ring.answer(value);
                    idled = false;
                }
            }
            if (idled) {
                region.setState(number, State.WAITING);
                busy.pause();
            } else {
                busy.reset();
            }
        }
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (region.step() == TeamRegion.END) {
                throw new InterruptedException("another client or worker has failed");
            }
            busy.pause();
        }
        busy.reset();
    }

    /** The work: looks up some pointers. */
    private long answer(int request) {
        long sum = 0;
        for (int i = request * LOOKUPS; i < (request + 1) * LOOKUPS; i++) {
            sum += registry.find(pointers[i]);
        }
        return sum;
    }

    private int nextRequest() {
        int request = nextSent;
        nextSent = (nextSent + 1) % answers.length;
        return request;
    }

    /** Answers come in the order of the requests. */
    private void received(long answer) {
        if (answer != answers[nextReceived]) {
            throw new IllegalStateException("a wrong answer to request " + nextReceived);
        }
        nextReceived = (nextReceived + 1) % answers.length;
    }
}
