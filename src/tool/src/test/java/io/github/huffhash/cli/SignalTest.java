package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals that come while the program reads from a pipe that does not end. */
class SignalTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"HUP,1,-T2", "INT,2,-s", "INT,2,-T2", "TERM,15,-t"})
    void aSignalEndsTheRunWithoutASignature(String name, int number, String mode) throws Exception {
        try (Running running = startReading(mode)) {
            running.signal(name, number);

            assertThat(running.await()).isEqualTo(new Outcome(128 + number, "", ""));
        }
    }

    /**
     * As when Ctrl-C ends all of a pipeline: whoever writes into the pipe is gone as well. The many
     * files before it make the program quick to print, quicker than a JVM is to end.
     */
    @ParameterizedTest
    @ValueSource(strings = {"-T2", "-s", "-t"})
    void anInputThatEndsBecauseOfTheSameSignalHasNoSignature(String mode) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(mode));
        arguments.addAll(Collections.nCopies(200, TestFiles.path("one_byte.bin")));
        arguments.add("-");
        String script =
                "mkfifo in && { { "
                        + Cli.commandLine(arguments.toArray(String[]::new))
                        + "; } <in & } && exec 3>in && head -c 1000000 /dev/zero >&3;"
                        + " kill -TERM $!; exec 3>&-; wait $!; echo \"exit code $?\"";

        assertThat(Cli.sh(script).in(folder).run().out())
                .doesNotContain("signature: 1000000")
                .endsWith("\nexit code 143\n");
    }

    /** More than a pipe holds: once it is written, the program is reading. */
    private static Running startReading(String mode) throws IOException {
        Running running = Cli.huffhash(mode).start();
        running.feed(new byte[1 << 20]);
        return running;
    }
}
