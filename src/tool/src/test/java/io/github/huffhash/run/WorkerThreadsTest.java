package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
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
    void withoutRoomForASingleThreadThereIsNoneAndNoFailure() {
        var workers = new WorkerThreads("test", 5, jobs::incrementAndGet, roomFor(0));

        assertThat(workers.start()).isFalse();

        assertThatCode(workers::await).doesNotThrowAnyException();
        assertThat(jobs).hasValue(0);
    }
}
