package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which threads do the jobs of a pipeline, for executors that run tasks when they are told to. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class PipelineWorkersTest {
    /** The threads that have done jobs, and how many jobs were done. */
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();

    private final AtomicInteger done = new AtomicInteger();

    /** Tasks that an executor was given. */
    private final List<Runnable> tasks = new ArrayList<>();

    private Integer doJob(Integer job) {
        workers.add(Thread.currentThread());
        done.incrementAndGet();
        return 10 * job;
    }

    private Pipeline<Integer, Integer> pipeline(Executor executor, int count) {
        return new Pipeline<>(Workers.on(executor, count), this::doJob);
    }

    private static void submit(Pipeline<Integer, Integer> pipeline, int count) {
        for (int i = 0; i < count; i++) {
            pipeline.submit(i);
        }
    }

    private static void expectResults(Pipeline<Integer, Integer> pipeline, int count)
            throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(pipeline.take()).isEqualTo(10 * i);
        }
        assertThat(pipeline.isEmpty()).isTrue();
    }

    /** Runs a task in a thread of its own, to its end. */
    private static Thread run(Runnable task) throws InterruptedException {
        var thread = new Thread(task);
        thread.start();
        thread.join();
        return thread;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void anExecutorIsAskedForEveryWorkerAndNoMore(int count) throws IOException {
        try (var pipeline = pipeline(tasks::add, count)) {
            for (int i = 0; i < 20; i++) {
                pipeline.submit(i);
                assertThat(tasks).hasSize(Math.min(i + 1, count));
            }
            expectResults(pipeline, 20); // by the caller: no task was run
        }
        assertThat(workers).containsExactly(Thread.currentThread());
    }

    @Test
    void aWorkerDoesAllJobsThatWait() throws Exception {
        try (var pipeline = pipeline(tasks::add, 1)) {
            submit(pipeline, 10);
            Thread worker = run(tasks.get(0));
            assertThat(done.get()).isEqualTo(10);
            expectResults(pipeline, 10);
            assertThat(workers).containsExactly(worker);
        }
        assertThat(tasks).hasSize(1);
    }

    @Test
    void aWorkerThatHasLeftIsReplacedWhenThereIsAJobAgain() throws Exception {
        try (var pipeline = pipeline(tasks::add, 1)) {
            for (int i = 0; i < 5; i++) {
                pipeline.submit(i);
                assertThat(tasks).hasSize(i + 1);
                run(tasks.get(i));
                assertThat(done.get()).isEqualTo(i + 1);
            }
            expectResults(pipeline, 5);
            assertThat(workers).hasSize(5).doesNotContain(Thread.currentThread());
        }
    }

    /** Each job waits until as many threads have one as there are workers. */
    @Test
    void allWorkersOfAnExecutorWorkAtATime() throws IOException {
        var all = new CountDownLatch(3);
        try (ExecutorService threads = Executors.newCachedThreadPool();
                var pipeline =
                        new Pipeline<Integer, Integer>(
                                Workers.on(threads, 3),
                                job -> {
                                    all.countDown();
                                    Waiting.on(all);
                                    return doJob(job);
                                })) {
            submit(pipeline, 10);
            Waiting.on(all);
            expectResults(pipeline, 10);
        }
        assertThat(workers).hasSizeGreaterThanOrEqualTo(3);
    }

    /** A job that says that it has begun, and ends when it is told to. */
    private static final class HeldJob {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);

        void hold() {
            begun.countDown();
            Waiting.on(release);
        }
    }

    private Pipeline<Integer, Integer> pipelineThatHoldsJob0(HeldJob held, Executor executor) {
        return new Pipeline<>(
                Workers.on(executor, 2),
                job -> {
                    if (job == 0) {
                        held.hold();
                    }
                    return doJob(job);
                });
    }

    @Test
    void anExecutorThatRefusesWhileAWorkerWorksIsAskedAgain() throws Exception {
        var held = new HeldJob();
        boolean[] refusing = {false};
        Executor moody =
                task -> {
                    if (refusing[0]) {
                        throw new RejectedExecutionException();
                    }
                    tasks.add(task);
                };
        try (var pipeline = pipelineThatHoldsJob0(held, moody)) {
            pipeline.submit(0);
            var first = new Thread(tasks.get(0));
            first.start();
            Waiting.on(held.begun);
            refusing[0] = true;
            pipeline.submit(1);
            pipeline.submit(2);
            assertThat(tasks).hasSize(1);
            refusing[0] = false;
            pipeline.submit(3);
            assertThat(tasks).hasSize(2);
            Thread second = run(tasks.get(1));
            assertThat(done.get()).isEqualTo(3);
            assertThat(workers).containsExactly(second);
            held.release.countDown();
            expectResults(pipeline, 4);
            assertThat(workers).containsExactlyInAnyOrder(first, second);
            first.join();
        }
    }

    /** Starts the worker of job 0, which is held. */
    private Thread beginJob0(HeldJob held) {
        var worker = new Thread(tasks.get(0));
        worker.start();
        Waiting.on(held.begun);
        return worker;
    }

    /** Starts a caller, and returns when it waits for job 0. */
    private static Thread startAndAwaitWaiting(FutureTask<?> taking) {
        var caller = new Thread(taking);
        caller.start();
        Waiting.until(
                "the caller waits for job 0", () -> caller.getState() == Thread.State.WAITING);
        return caller;
    }

    @Test
    void theCallerWaitsForAJobThatHasBegunAndDoesNoLaterOne() throws Exception {
        var held = new HeldJob();
        try (var pipeline = pipelineThatHoldsJob0(held, tasks::add)) {
            pipeline.submit(0);
            pipeline.submit(1);
            Thread worker = beginJob0(held);
            var taking = new FutureTask<>(pipeline::take);
            startAndAwaitWaiting(taking);
            assertThat(done.get()).isZero(); // not job 1, which comes after it
            held.release.countDown();
            assertThat(taking.get()).isZero();
            worker.join();
        }
    }

    @Test
    void aCallerThatIsInterruptedWhileItWaitsFailsAndStaysInterrupted() throws Exception {
        var held = new HeldJob();
        try (var pipeline = pipelineThatHoldsJob0(held, tasks::add)) {
            pipeline.submit(0);
            Thread worker = beginJob0(held);
            var taking =
                    new FutureTask<>(() -> {
                        assertThatThrownBy(pipeline::take)
                                .isInstanceOf(InterruptedIOException.class);
                        return Thread.interrupted();
                    });
            startAndAwaitWaiting(taking).interrupt();
            assertThat(taking.get()).isTrue();
            held.release.countDown();
            worker.join();
        }
    }

    /** It would depend on chance whether it has to wait. */
    @Test
    void aCallerThatWasInterruptedBeforeWaitsAllTheSame() throws Exception {
        var held = new HeldJob();
        try (var pipeline = pipelineThatHoldsJob0(held, tasks::add)) {
            pipeline.submit(0);
            Thread worker = beginJob0(held);
            var taking =
                    new FutureTask<>(() -> {
                        Thread.currentThread().interrupt();
                        assertThat(pipeline.take()).isZero();
                        return Thread.interrupted();
                    });
            startAndAwaitWaiting(taking);
            held.release.countDown();
            assertThat(taking.get()).isTrue();
            worker.join();
        }
    }

    @Test
    void closeWaitsForTheWorkersOfAnExecutor() throws Exception {
        var held = new HeldJob();
        Pipeline<Integer, Integer> pipeline = pipelineThatHoldsJob0(held, tasks::add);
        pipeline.submit(0);
        pipeline.submit(1);
        var worker = new Thread(tasks.get(0));
        worker.start();
        Waiting.on(held.begun);
        var closing = new Thread(pipeline::close);
        closing.start();
        Waiting.untilBlockedOrEnded(closing);
        assertThat(closing.isAlive()).isTrue();
        assertThat(done.get()).isZero();
        held.release.countDown();
        closing.join();
        assertThat(done.get()).isEqualTo(1); // job 1 has not begun, and never will
        run(tasks.get(1));
        assertThat(done.get()).isEqualTo(1);
        worker.join();
    }

    @Test
    void aWorkerIsNotAskedForWhereOneThatWasAskedForIsEnough() throws IOException {
        try (var pipeline = pipeline(tasks::add, 2)) {
            for (int i = 0; i < 3; i++) {
                pipeline.submit(i);
                assertThat(pipeline.take()).isEqualTo(10 * i);
            }
            assertThat(tasks).hasSize(1);
        }
    }

    @Test
    void aTaskThatIsRunTwiceIsOneWorker() throws Exception {
        var held = new HeldJob();
        try (var pipeline = pipelineThatHoldsJob0(held, tasks::add)) {
            submit(pipeline, 2);
            Thread worker = beginJob0(held);
            run(tasks.get(0));
            assertThat(done.get()).isZero(); // job 1 still waits
            held.release.countDown();
            expectResults(pipeline, 2);
            worker.join();
        }
    }

    @Test
    void anOwnThreadIsADaemonThatWaitsForAnotherJobAndEndsIfThereIsNone() throws IOException {
        try (var pipeline = new Pipeline<Integer, Integer>(Workers.threads(1), this::doJob)) {
            pipeline.submit(0);
            Waiting.until("job 0 is done", () -> done.get() == 1);
            Set<Thread> first = Set.copyOf(workers);
            Thread own = first.iterator().next();
            assertThat(own.isDaemon()).isTrue();
            Waiting.until("it waits", () -> own.getState() == Thread.State.TIMED_WAITING);
            pipeline.submit(1);
            Waiting.until("job 1 is done", () -> done.get() == 2);
            assertThat(workers).isEqualTo(first);
            Waiting.until("it has ended", () -> !own.isAlive());
            pipeline.submit(2);
            expectResults(pipeline, 3);
        }
    }

    @Test
    void aThreadThatIsInterruptedWhileItClosesStaysInterrupted() throws Exception {
        var held = new HeldJob();
        Pipeline<Integer, Integer> pipeline = pipelineThatHoldsJob0(held, tasks::add);
        pipeline.submit(0);
        Thread worker = beginJob0(held);
        var closing =
                new FutureTask<>(() -> {
                    pipeline.close();
                    return Thread.interrupted();
                });
        startAndAwaitWaiting(closing).interrupt();
        held.release.countDown();
        assertThat(closing.get()).isTrue();
        worker.join();
    }

    @Test
    void aTaskThatWasNeverRunDoesNotKeepAClosedPipeline() {
        var pipeline = new WeakReference<>(closedPipeline());
        Waiting.untilCollected(pipeline);
        assertThat(tasks).hasSize(2);
    }

    private Pipeline<Integer, Integer> closedPipeline() {
        try (var pipeline = pipeline(tasks::add, 2)) {
            submit(pipeline, 2);
            return pipeline;
        }
    }

    /** Again and again: a thread may happen to have ended. */
    @Test
    void noOwnThreadIsAliveOnceAPipelineIsClosed() throws IOException {
        for (int round = 0; round < 300; round++) {
            workers.clear();
            try (var pipeline = new Pipeline<Integer, Integer>(Workers.threads(3), this::doJob)) {
                submit(pipeline, 6);
                expectResults(pipeline, 6);
            }
            workers.remove(Thread.currentThread());
            assertThat(workers).noneMatch(Thread::isAlive);
        }
    }

    @Test
    void aPipelineIsFullAtSoManyJobsForEachWorker() throws IOException {
        try (var alone = new Pipeline<Integer, Integer>(Workers.CALLER, this::doJob)) {
            assertThat(alone.isFull()).isFalse();
            alone.submit(0);
            assertThat(alone.isFull()).isTrue();
            expectResults(alone, 1);
            assertThat(alone.isFull()).isFalse();
        }
        try (var pipeline = pipeline(tasks::add, 2)) {
            int jobs = 0;
            while (!pipeline.isFull()) {
                pipeline.submit(jobs++);
            }
            assertThat(jobs).isBetween(2 * 4, 2 * 32);
            expectResults(pipeline, jobs);
        }
    }

    @Test
    void jobsMayBeUnderWayForWorkersThatWorkAndForThoseAskedFor() throws Exception {
        var held = new HeldJob();
        try (var pipeline = pipelineThatHoldsJob0(held, tasks::add)) {
            pipeline.submit(0);
            Thread worker = beginJob0(held);
            int jobs = 1;
            while (!pipeline.isFull()) {
                pipeline.submit(jobs++);
            }
            assertThat(tasks).hasSize(2);
            assertThat(jobs).isBetween(2 * 4, 2 * 32);
            held.release.countDown();
            expectResults(pipeline, jobs);
            worker.join();
        }
    }
}
