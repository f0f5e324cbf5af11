package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.Waiting;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerThreadsTest {
    private final AtomicInteger jobs = new AtomicInteger();

    /** As when the system has room for so many threads. */
    private static ThreadFactory roomFor(int threads) {
        var left = new AtomicInteger(threads);
        return job ->
                new Thread(job) {
                    @Override
                    public void start() {
                        if (left.getAndDecrement() <= 0) {
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                        super.start();
                    }
                };
    }

    @Test
    void whenTheSystemHasNoRoomForAllThreadsThoseThatCouldBeStartedGoOn() throws IOException {
        var workers = new WorkerThreads("test", 5, jobs::incrementAndGet, roomFor(2));

        for (int i = 0; i < 5; i++) {
            assertThat(workers.start()).isTrue();
        }
        workers.await();

        assertThat(jobs).hasValue(2);
    }

    @Test
    void anInterruptOfTheCallerIsNotLostWhenAThreadHasFailed() throws Exception {
        var bothRun = new CountDownLatch(1); // no thread is started after a failure
        var end = new CountDownLatch(1);
        var workers =
                new WorkerThreads(
                        "test",
                        2,
                        () -> {
                            if (jobs.getAndIncrement() == 0) {
                                bothRun.await();
                                throw new IOException("first");
                            }
                            bothRun.countDown();
                            awaitUninterruptibly(end);
                        });
        var interrupted =
                new FutureTask<>(() -> {
                    assertThatThrownBy(workers::await).hasMessage("first");
                    return Thread.currentThread().isInterrupted();
                });
        workers.start();
        workers.start();
        Waiting.until("one has failed", workers::hasFailed);
        var caller = new Thread(interrupted, "caller");
        caller.start();
        Waiting.until("it waits", () -> caller.getState() == Thread.State.WAITING);
        caller.interrupt();
        Waiting.until("it has seen that", () -> !caller.isInterrupted());
        end.countDown();

        assertThat(interrupted.get()).isTrue();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException _) {
                // as said
            }
        }
    }

    @Test
    void withoutRoomForASingleThreadThereIsNoneAndNoFailure() {
        var workers = new WorkerThreads("test", 5, jobs::incrementAndGet, roomFor(0));

        assertThat(workers.start()).isFalse();

        assertThatCode(workers::await).doesNotThrowAnyException();
        assertThat(jobs).hasValue(0);
    }
}
