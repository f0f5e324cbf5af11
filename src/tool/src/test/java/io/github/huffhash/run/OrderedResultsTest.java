package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.Seeds;
import io.github.huffhash.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class OrderedResultsTest {
    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());

    @Test
    void resultsThatComeInOrderGoStraightThrough() throws Exception {
        var results = new OrderedResults<String>(taken::add, 1);
        for (int i = 0; i < 100; i++) {
            results.put(i, "r" + i);
            assertThat(taken).hasSize(i + 1);
        }
        assertThat(taken).isEqualTo(numbered(100));
    }

    @Test
    void resultsThatComeInAnyOrderLeaveInTheirs() throws Exception {
        var random = Seeds.random();
        for (int run = 0; run < 50; run++) {
            taken.clear();
            var results = new OrderedResults<String>(taken::add, 64);
            var order = new ArrayList<>(IntStream.range(0, 64).boxed().toList());
            Collections.shuffle(order, random);
            for (int index : order) {
                results.put(index, "r" + index);
                assertThat(taken).isEqualTo(numbered(firstMissing(order, index)));
            }
        }
    }

    /** The lowest index not among those up to and including {@code last} in this order. */
    private static int firstMissing(List<Integer> order, int last) {
        var come = order.subList(0, order.indexOf(last) + 1);
        return IntStream.range(0, 64).filter(i -> !come.contains(i)).findFirst().orElse(64);
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 4", "3, 2", "16, 3", "1000, 4"})
    void threadsThatRaceLeaveInOrderWhateverTheWindow(int window, int threads) throws Exception {
        int count = 5000;
        var results = new OrderedResults<String>(taken::add, window);
        var next = new AtomicLong();
        var tasks = new ArrayList<FutureTask<Void>>();
        for (int i = 0; i < threads; i++) {
            var task =
                    new FutureTask<Void>(() -> {
                        long index = next.getAndIncrement();
                        while (index < count) {
                            results.put(index, "r" + index);
                            index = next.getAndIncrement();
                        }
                        return null;
                    });
            tasks.add(task);
            start(task);
        }
        for (var task : tasks) {
            task.get();
        }
        assertThat(taken).isEqualTo(numbered(count));
    }

    @Test
    void theSinkIsNeverCalledTwiceAtOnce() throws Exception {
        var inside = new AtomicInteger();
        var results =
                new OrderedResults<Integer>(
                        _ -> {
                            assertThat(inside.incrementAndGet()).isEqualTo(1);
                            Thread.onSpinWait();
                            inside.decrementAndGet();
                        },
                        4);
        var next = new AtomicLong();
        var tasks = new ArrayList<FutureTask<Integer>>();
        for (int i = 0; i < 3; i++) {
            var task =
                    new FutureTask<>(() -> {
                        int put = 0;
                        for (long index = next.getAndIncrement();
                                index < 3000;
                                index = next.getAndIncrement()) {
                            results.put(index, 0);
                            put++;
                        }
                        return put;
                    });
            tasks.add(task);
            start(task);
        }
        int put = 0;
        for (var task : tasks) {
            put += task.get();
        }
        assertThat(put).isEqualTo(3000);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "5"})
    void whoeverIsAWindowAheadWaitsForTheSlowest(int window) throws Exception {
        var results = new OrderedResults<String>(taken::add, window);
        for (int i = 1; i < window; i++) {
            results.put(i, "r" + i); // held, without waiting
        }
        var ahead = putInThread(results, window);
        Waiting.untilBlockedOrEnded(ahead.thread);
        assertThat(ahead.task.isDone()).isFalse();
        assertThat(taken).isEmpty();

        results.put(0, "r0");
        ahead.task.get();
        assertThat(taken).isEqualTo(numbered(window + 1));
    }

    @Test
    void everybodyWhoWaitedGoesOnWhenTheSlowestHasCome() throws Exception {
        var results = new OrderedResults<String>(taken::add, 2);
        var waiting =
                LongStream.of(3, 2, 4).mapToObj(index -> putInThread(results, index)).toList();
        waiting.forEach(put -> Waiting.untilBlockedOrEnded(put.thread));
        results.put(0, "r0");
        results.put(1, "r1");
        for (var put : waiting) {
            put.task.get();
        }
        assertThat(taken).isEqualTo(numbered(5));
    }

    @Test
    void aFailureOfTheSinkGoesToWhoeverBroughtTheResult() throws Exception {
        var full = new IOException("no space left");
        var results =
                new OrderedResults<String>(
                        result -> {
                            if (result.equals("r2")) {
                                throw full;
                            }
                            taken.add(result);
                        },
                        10);
        results.put(2, "r2");
        results.put(1, "r1");
        results.put(3, "r3");
        assertThatThrownBy(() -> results.put(0, "r0")).isSameAs(full);
        assertThat(taken).isEqualTo(numbered(2));
    }

    @Test
    void nothingReachesTheSinkAfterItHasFailed() throws Exception {
        var calls = new AtomicInteger();
        var results =
                new OrderedResults<String>(
                        _ -> {
                            calls.incrementAndGet();
                            throw new IllegalStateException("broken");
                        },
                        10);
        results.put(2, "r2");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> results.put(0, "r0"));
        results.put(1, "r1");
        results.put(3, "r3");
        assertThat(calls).hasValue(1);
    }

    @Test
    void whoeverWaitsCanBeInterrupted() throws Exception {
        var results = new OrderedResults<String>(taken::add, 1);
        var ahead = putInThread(results, 1);
        Waiting.untilBlockedOrEnded(ahead.thread);
        ahead.thread.interrupt();
        assertThatThrownBy(ahead.task::get).hasCauseInstanceOf(InterruptedException.class);
        results.put(0, "r0");
        assertThat(taken).containsExactly("r0");
    }

    @Test
    void whoeverWasInterruptedBeforeBringsNothing() throws Exception {
        var results = new OrderedResults<String>(taken::add, 1);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> results.put(0, "r0"));
        assertThat(taken).isEmpty();
        results.put(0, "r0");
        assertThat(taken).containsExactly("r0");
    }

    private record Put(Thread thread, FutureTask<Void> task) {}

    private static Put putInThread(OrderedResults<String> results, long index) {
        var task =
                new FutureTask<Void>(() -> {
                    results.put(index, "r" + index);
                    return null;
                });
        return new Put(start(task), task);
    }

    private static Thread start(FutureTask<?> task) {
        return Thread.ofPlatform().daemon().start(task);
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "r" + i).toList();
    }
}
