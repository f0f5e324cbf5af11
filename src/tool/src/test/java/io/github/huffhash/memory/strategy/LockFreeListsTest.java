package io.github.huffhash.memory.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The lock-free lists, in every order in which the steps of a few threads can follow each other.
 */
@Timeout(60)
class LockFreeListsTest {
    private static final long TAG = 1L << 32;

    private final Interleavings interleavings = new Interleavings();
    private final Heap space = Strategy.SLAB.open(1 << 20);
    private final ThreadAllocator worker = space.attach();

    @AfterEach
    void close() {
        interleavings.close();
        space.close();
    }

    /** A stack of the numbers below a limit, 0 on top, and who holds those that were popped. */
    private final class Numbers {
        private final TaggedStack stack;
        private final boolean[] held;

        Numbers(Interleavings steps, long tagStep, int count) {
            held = new boolean[count];
            Arrays.fill(held, true);
            stack =
                    new TaggedStack(new int[count], tagStep) {
                        @Override
                        void step() {
                            steps.step();
                        }
                    };
            for (int number = count - 1; number >= 0; number--) {
                push(number);
            }
        }

        void push(int number) {
            assertThat(held[number]).as("%d is held", number).isTrue();
            held[number] = false;
            stack.push(number, worker);
        }

        int pop() {
            int number = stack.pop(worker);
            if (number >= 0) {
                take(number);
            }
            return number;
        }

        int[] popTwo() {
            int[] some = new int[2];
            int count = stack.popSome(some, 2, worker);
            for (int i = 0; i < count; i++) {
                take(some[i]);
            }
            return Arrays.copyOf(some, count);
        }

        void pushTwo(int first, int second) {
            held[first] = false;
            held[second] = false;
            stack.link(first, second);
            stack.pushChain(first, second, worker);
        }

        private void take(int number) {
            assertThat(held[number]).as("%d is somebody's", number).isFalse();
            held[number] = true;
        }

        /** Whatever is not held must come out once. */
        void checkNothingIsLost() {
            while (pop() >= 0) {
                // pop checks that nothing comes out twice
            }
            assertThat(held).doesNotContain(false);
        }
    }

    /** One thread pops; another pops two and puts the first back: the scene of an ABA. */
    private Interleavings.Run popAgainstPopPopPush(Interleavings steps, long tagStep) {
        var numbers = new Numbers(steps, tagStep, 3);
        return new Interleavings.Run(
                List.of(
                        numbers::pop,
                        () -> {
                            int first = numbers.pop();
                            numbers.pop();
                            numbers.push(first);
                        }),
                numbers::checkNothingIsLost);
    }

    @Test
    void noOrderOfPopsAndPushesHandsANumberOutTwiceOrLosesOne() throws Exception {
        int orders = interleavings.explore(steps -> popAgainstPopPopPush(steps, TAG));
        assertThat(orders).isGreaterThan(200);
        assertThat(worker.counters().casRetries()).as("lost swaps").isPositive();
    }

    @Test
    void withoutATagSomeOrderDoes() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> interleavings.explore(steps -> popAgainstPopPopPush(steps, 0)))
                .withMessageContaining("with the choices");
    }

    @Test
    void noOrderOfPushesLosesANumber() throws Exception {
        int orders =
                interleavings.explore(steps -> {
                    var numbers = new Numbers(steps, TAG, 3);
                    int[] taken = {numbers.pop(), numbers.pop()};
                    return new Interleavings.Run(
                            IntStream.of(taken)
                                    .<Runnable>mapToObj(number -> () -> numbers.push(number))
                                    .toList(),
                            numbers::checkNothingIsLost);
                });
        assertThat(orders).isGreaterThanOrEqualTo(70);
        assertThat(worker.counters().casRetries()).as("lost swaps").isPositive();
    }

    @Test
    void noOrderOfPopsOfSeveralAndPushesOfChainsDoes() throws Exception {
        int orders =
                interleavings.explore(steps -> {
                    var numbers = new Numbers(steps, TAG, 4);
                    return new Interleavings.Run(
                            List.of(
                                    numbers::popTwo,
                                    () -> {
                                        int[] two = numbers.popTwo();
                                        if (two.length == 2) {
                                            numbers.pushTwo(two[1], two[0]);
                                        }
                                    }),
                            numbers::checkNothingIsLost);
                });
        assertThat(orders).isGreaterThan(200);
        assertThat(worker.counters().casRetries()).as("lost swaps").isPositive();
    }

    @Test
    void noOrderLosesWhatOthersHaveFreedOrBringsItTwice() throws Exception {
        int orders =
                interleavings.explore(steps -> {
                    int[] links = new int[4];
                    var list =
                            new RemoteFrees(links) {
                                @Override
                                void step() {
                                    steps.step();
                                }
                            };
                    List<Integer> collected = new ArrayList<>();
                    return new Interleavings.Run(
                            List.of(
                                    () -> {
                                        list.add(0, worker);
                                        list.add(1, worker);
                                    },
                                    () -> list.add(2, worker),
                                    () -> collect(list, links, collected)),
                            () -> {
                                collect(list, links, collected);
                                assertThat(collected).containsExactlyInAnyOrder(0, 1, 2);
                            });
                });
        assertThat(orders).isGreaterThan(200);
        assertThat(worker.counters().casRetries()).as("lost swaps").isPositive();
    }

    private static void collect(RemoteFrees list, int[] links, List<Integer> into) {
        int number = list.takeAll();
        while (number != RemoteFrees.END) {
            into.add(number);
            number = links[number];
        }
    }
}
