package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** How many threads a blocking call has, what they wait for, and how they end. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class WorkerThreadsTest {
    private static final int JOBS = 200;

    private final AtomicInteger read = new AtomicInteger();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<Integer> results = new ArrayList<>();

    /** Does a job, of which only the number matters. */
    @FunctionalInterface
    private interface Job {
        void work(int number) throws IOException;
    }

    private WorkerThreads<Integer> threads(int limit, Job job) {
        return new WorkerThreads<>(limit, () -> worker(job), results::add);
    }

    private WorkerThreads.Worker<Integer> worker(Job job) {
        return new WorkerThreads.Worker<>() {
            private int number;

            @Override
            public boolean read() {
                number = read.get();
                return number < JOBS && read.incrementAndGet() > 0;
            }

            @Override
            public Integer work() throws IOException {
                threads.add(Thread.currentThread());
                job.work(number);
                return number;
            }
        };
    }

    private void assertAllResults() {
        assertThat(results).isEqualTo(IntStream.range(0, JOBS).boxed().toList());
    }

    @Test
    void thereAreAsManyDaemonThreadsAsAllowedAndNoMore() throws IOException {
        var all = new CountDownLatch(3);
        threads(
                        3,
                        number -> {
                            all.countDown();
                            Waiting.on(all);
                        })
                .run();
        assertAllResults();
        assertThat(threads).hasSize(3).allMatch(Thread::isDaemon).noneMatch(Thread::isAlive);
    }

    /** What is done behind the first job waits in memory: not all of an endless input may. */
    @Test
    void threadsFarAheadOfTheSlowestWait() throws Exception {
        var release = new CountDownLatch(1);
        var running =
                new FutureTask<>(() -> {
                    threads(
                                    2,
                                    number -> {
                                        if (number == 0) {
                                            Waiting.on(release);
                                        }
                                    })
                            .run();
                    return true;
                });
        new Thread(running).start();
        Waiting.until(
                "both threads wait",
                () ->
                        threads.size() == 2
                                && threads.stream()
                                        .allMatch(t -> t.getState() == Thread.State.WAITING));
        assertThat(read.get()).isBetween(20, 40);
        release.countDown();
        assertThat(running.get()).isTrue();
        assertAllResults();
    }

    /** Nothing but the call's own failures interrupts its threads; so it has failed. */
    @Test
    void aJobThatInterruptsItsThreadDoesNotEndTheCallAsIfAllWereDone() {
        var call =
                threads(
                        2,
                        number -> {
                            if (number == 50) {
                                Thread.currentThread().interrupt();
                            }
                        });
        assertThatThrownBy(call::run)
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("interrupted");
        assertThat(results).hasSizeLessThan(JOBS);
    }
}
