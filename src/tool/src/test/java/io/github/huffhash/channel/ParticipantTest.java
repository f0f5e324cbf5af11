package io.github.huffhash.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.channel.Team.Design;
import io.github.huffhash.memory.SharedWords;
import io.github.huffhash.run.WorkerThreads;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParticipantTest {
    private static final int MEASUREMENTS = 1_000;
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private final Arena arena = Arena.ofShared();
    private final TeamRegion region =
            TeamRegion.create(
                    new SharedWords(arena.allocate(TeamRegion.bytes(1, 1), Long.BYTES)), 1, 1);
    private final AtomicInteger number = new AtomicInteger();
    private final WorkerThreads threads =
            new WorkerThreads(
                    "test", 2, () -> new Participant(region, number.getAndIncrement()).run());

    @AfterEach
    void end() {
        region.setStep(TeamRegion.END);
        threads.close();
        arena.close();
    }

    /** Also one that has no answer to wait for when the end comes between two looks at the step. */
    @Test
    void aClientEndsAtWhateverMomentTheEndComes() {
        threads.start();
        threads.startAnother();
        for (long began = 1; began < TeamRegion.STEPS * MEASUREMENTS; began += TeamRegion.STEPS) {
            long step = began;
            long before = region.answers(0);
            region.order(Design.RINGS, 1, 1);
            region.setStep(step);
            await(() -> region.answers(0) > before);
            region.setStep(step + 1);
            await(() -> region.done(0) == step);
            region.setStep(step + 2);
            await(() -> region.done(1) == step);
        }
    }

    /** Without naps: their ends would come at the same moments again and again. */
    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).isLessThan(LONGEST_NANOS);
        }
    }
}
