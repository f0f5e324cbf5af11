package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LockSamplerTest {
    /** A lock that counts how often it was looked at, and is held at every other look. */
    private static final class Alternating extends HeapLock {
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        protected long get(int word) {
            return looks.getAndIncrement() % 2;
        }

        @Override
        protected void set(int word, long value) {}

        @Override
        protected boolean compareAndSet(int word, long expected, long value) {
            return false;
        }
    }

    @Test
    void theShareIsThatOfTheLooksAtWhichALockWasHeld() {
        HeapLock held = HeapLock.ofThreads();
        held.acquire(1);
        var alternating = new Alternating();
        try (var sampler = new LockSampler(List.of(held, HeapLock.ofThreads(), alternating))) {
            while (alternating.looks.get() < 20) {
                Thread.onSpinWait();
            }
            assertThat(sampler.heldShare().orElseThrow()).isBetween(0.48, 0.52);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("huffhash-lock-sampler");
    }

    @Test
    void withoutALockThereIsNoShare() {
        try (var sampler = new LockSampler(List.of())) {
            assertThat(sampler.heldShare()).isEmpty();
        }
    }
}
