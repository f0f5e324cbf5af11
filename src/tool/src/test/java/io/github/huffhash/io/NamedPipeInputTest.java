package io.github.huffhash.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.huffhash.Seeds;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NamedPipeInputTest {
    @Test
    void piecesAreWholeHoweverTheWriterWrites(@TempDir Path folder) throws Exception {
        Path pipe = NamedPipes.make(folder.resolve("pipe"));
        byte[] content = new byte[5000];
        Seeds.random().nextBytes(content);
        var writer = new FutureTask<>(() -> writeInSmallPieces(pipe, content));
        start(writer);
        try (var input = Input.open(pipe.toString())) {
            assertThat(input.expected()).isZero();
            byte[] into = new byte[3000];
            assertThat(input.read(into, 3000)).isEqualTo(3000);
            assertThat(into).isEqualTo(Arrays.copyOf(content, 3000));
            assertThat(input.read(into, 3000)).isEqualTo(2000);
            assertThat(Arrays.copyOf(into, 2000))
                    .isEqualTo(Arrays.copyOfRange(content, 3000, 5000));
            assertThat(input.read(into, 3000)).isZero();
            assertThat(input.position()).isEqualTo(5000);
        }
        assertThat(writer.get()).isEqualTo(50);
    }

    private static int writeInSmallPieces(Path pipe, byte[] content) throws Exception {
        int pieces = 0;
        try (OutputStream out = Files.newOutputStream(pipe)) {
            for (int from = 0; from < content.length; from += 100) {
                out.write(content, from, 100);
                pieces++;
            }
        }
        return pieces;
    }

    @Test
    void aReaderThatWaitsForItsWriterCanBeInterrupted(@TempDir Path folder) throws Exception {
        Path pipe = NamedPipes.make(folder.resolve("pipe"));
        Callable<OutputStream> open = () -> Files.newOutputStream(pipe);
        var opened = new FutureTask<>(open); // opening waits for the other end
        start(opened);
        try (var input = Input.open(pipe.toString());
                OutputStream out = opened.get()) {
            out.write(new byte[10]);
            var began = new CountDownLatch(1);
            var reading =
                    new FutureTask<>(() -> {
                        byte[] into = new byte[100];
                        assertThat(input.read(into, 10)).isEqualTo(10);
                        began.countDown();
                        return input.read(into, 100);
                    });
            Thread reader = start(reading);
            began.await();
            reader.interrupt();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(reading::get)
                    .havingCause()
                    .isInstanceOf(FileFailure.class)
                    .withMessageStartingWith(pipe + ": ")
                    .withMessageNotContaining("null");
        }
    }

    private static Thread start(FutureTask<?> task) {
        return Thread.ofPlatform().daemon().start(task);
    }
}
