package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals that come while the program reads from a pipe that does not end. */
class SignalTest {
    /** Starts a program, passes signals on, and says by which it has died. */
    private static final String[] PERL = {
        "perl",
        "-e",
        "$p = fork; exec @ARGV if !$p; for my $s (qw(INT TERM HUP)) { $SIG{$s} = sub { kill $s, $p"
                + " } } 1 while waitpid($p, 0) != $p; print STDERR 'died by ', $? & 127"
    };

    @TempDir private Path folder;

    @BeforeAll
    static void findPerl() throws Exception {
        assumeTrue(Cli.sh("perl -e 1").run().exitCode() == 0, "needs perl");
    }

    @ParameterizedTest
    @CsvSource({"HUP,1,-T2", "INT,2,-s", "INT,2,-T2", "TERM,15,-t"})
    void aSignalEndsTheRunWithoutASignature(String name, int number, String mode) throws Exception {
        try (Running running = startReading(mode)) {
            running.signal(name);

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

    /** A shell ends its loop at Ctrl-C only if the program has died by the signal. */
    @ParameterizedTest
    @CsvSource({
        "INT, 2, -t -",
        "TERM, 15, -m -T1 -",
        "HUP, 1, -T2 -",
        "INT, 2, compress -o out",
        "TERM, 15, compress -o out",
        "HUP, 1, compress -m -T1 -o out"
    })
    void theProcessDiesByTheSignalItself(String name, int number, String arguments)
            throws Exception {
        try (Running running =
                Cli.huffhash(arguments.split(" ", -1)).under(PERL).in(folder).start()) {
            running.feed(new byte[1 << 20]);
            running.signal(name);

            assertThat(running.await()).isEqualTo(new Outcome(0, "", "died by " + number));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theProcessDiesBySigpipeIfItsReaderHangsUp() throws Exception {
        String file = TestFiles.path("uniform_1MB.bin");
        List<String> arguments = new ArrayList<>(List.of("--debug=1"));
        arguments.addAll(Collections.nCopies(8, file)); // a pipe does not hold all the lines
        Outcome outcome =
                Cli.sh(
                                "perl=$1; shift; perl -e \"$perl\" "
                                        + Cli.commandLine(arguments.toArray(String[]::new))
                                                .substring("exec ".length())
                                        + " | head -n 1",
                                PERL[2])
                        .run();

        assertThat(outcome).isEqualTo(new Outcome(0, "Block 0 hash: 836592035\n", "died by 13"));
    }

    /** More than a pipe holds: once it is written, the program is reading. */
    private static Running startReading(String mode) throws IOException {
        Running running = Cli.huffhash(mode, "-").start();
        running.feed(new byte[1 << 20]);
        return running;
    }
}
