package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderedTasksTest {
    private static final int TASKS = 200;

    private final List<String> told = new ArrayList<>();
    private final Console console =
            new Console("huffhash", true, false, false, false, false, told::add);

    private OrderedTasks tasks(int threads) {
        return new OrderedTasks(
                threads,
                console,
                (name, step) -> {
                    try {
                        step.run();
                    } catch (IOException e) {
                        told.add(name + " failed");
                    }
                });
    }

    private static List<String> expected() {
        return IntStream.range(0, TASKS)
                .boxed()
                .flatMap(i ->
                        i % 7 == 0
                                ? List.of("huffhash: said " + i, i + " failed").stream()
                                : List.of("huffhash: said " + i).stream())
                .toList();
    }

    private static void say(int i, Console console) throws IOException {
        console.warn("said " + i);
        if (i % 7 == 0) {
            throw new IOException("seven");
        }
    }

    @Test
    void whatLaterTasksSayWaitsForEarlierOnes() throws Exception {
        var last = new CountDownLatch(1);
        try (OrderedTasks tasks = tasks(2)) {
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                tasks.run(
                        "" + i,
                        said -> {
                            if (number == 0) {
                                Waiting.on(last); // they run at the same time, or never end
                            } else if (number == 50) {
                                last.countDown();
                            }
                            say(number, said);
                        },
                        true);
            }
            tasks.await();
        }
        assertThat(told).isEqualTo(expected());
    }

    @Test
    void aTaskThatIsNotToRunBesideOthersWaitsForThem() throws Exception {
        var ran = new ConcurrentLinkedQueue<Integer>();
        try (OrderedTasks tasks = tasks(4)) {
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                tasks.run(
                        "" + i,
                        said -> {
                            ran.add(number);
                            if (number == 100) {
                                assertThat(ran).hasSize(101);
                            }
                            say(number, said);
                        },
                        i != 100);
            }
            tasks.await();
        }
        assertThat(told).isEqualTo(expected());
    }
}
