package io.github.huffhash.memory.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.ThreadAllocator;
import org.junit.jupiter.api.Test;

/**
 * Between the two halves of a pop, another worker pops the same number and the next, hands both
 * out, and pushes the first again. The head looks as before, but what followed it is in use.
 */
class AbaTest {
    /** A list of 0, 1 and 2, 0 on top, that is interrupted once, just before a swap. */
    private static final class InterruptedStack extends TaggedStack {
        private final ThreadAllocator other;
        private int steps;

        InterruptedStack(int[] links, long tagStep, ThreadAllocator other) {
            super(links, tagStep);
            this.other = other;
            for (int number = 2; number >= 0; number--) {
                push(number, other);
            }
            steps = 3; // the head, the link, the swap
        }

        @Override
        void step() {
            if (steps > 0 && --steps == 0) {
                assertThat(pop(other)).isZero();
                assertThat(pop(other)).isEqualTo(1);
                push(0, other);
            }
        }
    }

    private final Heap space = Strategy.SLAB.open(1 << 20);
    private final ThreadAllocator worker = space.attach();
    private final ThreadAllocator other = space.attach();

    @Test
    void thePopIsDoneAgainAndGivesOutNothingThatIsInUse() {
        var stack = new InterruptedStack(new int[3], 1L << 32, other);
        assertThat(stack.pop(worker)).isZero();
        assertThat(stack.pop(worker)).isEqualTo(2);
        assertThat(stack.pop(worker)).isEqualTo(-1);
        assertThat(worker.counters().casRetries()).isEqualTo(1);
    }

    @Test
    void withoutATagTheSameStepsHandOutANumberThatIsInUse() {
        var stack = new InterruptedStack(new int[3], 0, other);
        assertThat(stack.pop(worker)).isZero();
        assertThat(stack.pop(worker)).as("which the other worker has").isEqualTo(1);
    }
}
