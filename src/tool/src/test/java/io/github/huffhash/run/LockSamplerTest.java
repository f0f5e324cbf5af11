package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Waiting;
import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.memory.SharedWords;
import io.github.huffhash.run.process.RegionFile;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LockSamplerTest {
    @TempDir private Path folder = Path.of("");

    private static Stream<Thread> samplers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("lock-sampler"));
    }

    @Test
    void theShareIsThatOfTheLooksAtWhichALockWasHeld() {
        HeapLock held = HeapLock.ofThreads();
        held.acquire(1);
        try (var sampler = new LockSampler(List.of(held, HeapLock.ofThreads()))) {
            assertThat(samplers()).hasSize(1);
            assertThat(sampler.heldShare()).hasValue(0.5);
        }
        assertThat(samplers()).isEmpty();
    }

    @Test
    void withoutALockThereIsNoShare() {
        try (var sampler = new LockSampler(List.of())) {
            assertThat(sampler.heldShare()).isEmpty();
        }
    }

    @Test
    void locksInMemoryThatWasCutShortEndItWithoutAWord() throws IOException {
        Path file = Files.write(folder.resolve("region"), new byte[1 << 16]);
        List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
        UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> uncaught.add(e));
        try (Arena arena = Arena.ofShared()) {
            var words = new SharedWords(RegionFile.map(file, arena));
            try (var _ = new LockSampler(List.of(HeapLock.inMemory(words, 1 << 15)))) {
                Files.write(file, new byte[0]);
                Waiting.until("it has ended", () -> samplers().findAny().isEmpty());
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(uncaught).isEmpty();
    }
}
