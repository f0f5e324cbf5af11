package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Waiting;
import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.recording.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final int BLOCKS = 120;

    @TempDir private Path folder = Path.of("");

    @Test
    void aRecordingHasBatchesPhasesWaitsAndDeaths() throws Exception {
        Path file = folder.resolve("run.jfr");
        try (var recording = new jdk.jfr.Recording()) {
            recording.start();
            TestRun.of(Mode.POOLS, TestBytes.uniform(BLOCKS * 1024));
            waitForALock();
            Recording.workerDied("worker 1", 137);
            recording.dump(file);
        }

        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(of("Batch", events).stream().map(each -> each.getLong("number")))
                .containsExactlyInAnyOrder(0L, 1L, 2L);
        var phases =
                of("BlockPhase", events).stream()
                        .collect(Collectors.groupingBy(each -> each.getString("phase")));
        assertThat(phases).containsKeys("wait", "read", "count", "tree", "hash");
        assertThat(
                        phases.getOrDefault("hash", List.of()).stream()
                                .map(each -> each.getLong("block")))
                .hasSize(BLOCKS)
                .doesNotHaveDuplicates();
        assertThat(
                        phases.getOrDefault("wait", List.of()).stream()
                                .map(each -> each.getLong("block"))
                                .collect(Collectors.groupingBy(block -> block)))
                .allSatisfy((block, waits) -> {
                    if (block < BLOCKS) { // else a wait for one that does not come
                        assertThat(waits).as("turn, room, slower threads").hasSize(3);
                    }
                })
                .hasSize(BLOCKS + 1);
        assertThat(of("LockWait", events))
                .anySatisfy(wait -> assertThat(wait.getThread().getJavaName()).isEqualTo("waiter"));
        assertThat(of("WorkerDeath", events))
                .singleElement()
                .satisfies(death -> {
                    assertThat(death.getString("worker")).isEqualTo("worker 1");
                    assertThat(death.getInt("exitCode")).isEqualTo(137);
                });
    }

    private static void waitForALock() throws InterruptedException {
        HeapLock lock = HeapLock.ofThreads();
        lock.acquire(1);
        var waiter =
                new Thread(
                        () -> {
                            lock.acquire(2);
                            lock.release();
                        },
                        "waiter");
        waiter.start();
        Waiting.until("it naps", () -> waiter.getState() == Thread.State.TIMED_WAITING);
        lock.release();
        waiter.join();
    }

    private static List<RecordedEvent> of(String name, List<RecordedEvent> events)
            throws IOException {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("huffhash." + name))
                .toList();
    }
}
