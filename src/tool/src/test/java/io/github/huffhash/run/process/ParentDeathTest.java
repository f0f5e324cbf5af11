package io.github.huffhash.run.process;

import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.huffhash.Waiting;
import io.github.huffhash.run.process.Data.Golden;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program is killed or told to end while its workers live. */
@Timeout(120)
class ParentDeathTest {
    private static final Duration SOON = Duration.ofSeconds(2);

    @TempDir private Path folder = Path.of("");

    private Program waiting(int workers) throws IOException {
        Program program = Program.start(folder, "-m", "-T", Integer.toString(workers), "-");
        program.input().write(new byte[3000]);
        program.input().flush();
        return program;
    }

    /** Waits until every worker has attached. */
    private static List<ProcessHandle> attached(Program program, int workers) throws IOException {
        List<ProcessHandle> handles = program.awaitWorkers(workers);
        try (Arena arena = Arena.ofConfined()) {
            var memory = RegionFile.map(program.regions().getFirst(), arena);
            Region region = Region.attach(memory, "region");
            for (int worker = 0; worker < workers; worker++) {
                int number = worker;
                Waiting.until(
                        "a worker is idle",
                        () -> region.channel(number).state() == Channel.State.IDLE);
            }
        }
        return handles;
    }

    private static void assertAllGone(List<ProcessHandle> workers, Program program)
            throws IOException {
        long start = System.nanoTime();
        Waiting.until("no worker is left", () -> workers.stream().allMatch(Processes::isGone));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        assertThat(program.regions()).isEmpty();
    }

    @Test
    void noWorkerAndNoFileOutlivesAKilledParent() throws IOException, InterruptedException {
        try (Program program = waiting(3)) {
            List<ProcessHandle> workers = attached(program, 3);
            assertThat(program.regions()).hasSize(1);

            program.handle().destroyForcibly();

            assertAllGone(workers, program);
            assertThat(program.exitCode()).isEqualTo(137);
            assertThat(program.err()).isEmpty();
        }
    }

    @Test
    void noWorkerAndNoFileOutlivesAParentKilledWhileTheWorkersStart()
            throws IOException, InterruptedException {
        try (Program program = waiting(2)) {
            List<ProcessHandle> workers = program.awaitWorkers(2);

            program.handle().destroyForcibly();

            assertAllGone(workers, program);
            assertThat(program.exitCode()).isEqualTo(137);
            assertThat(program.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void aParentToldToEndTakesWorkersAndFileWithItQuietly(String signal, int exitCode)
            throws IOException, InterruptedException {
        Processes.assumeHeard(signal);
        try (Program program = waiting(2)) {
            List<ProcessHandle> workers = attached(program, 2);

            Processes.signal(signal, program.handle());

            assertThat(program.exitCode()).isEqualTo(exitCode);
            assertAllGone(workers, program);
            assertThat(program.err()).isEmpty();
            assertThat(program.out()).isEmpty();
        }
    }

    @Test
    void aParentToldToEndWhileTheWorkersStartEndsQuietlyToo()
            throws IOException, InterruptedException {
        for (int delayMillis : new int[] {0, 20, 40, 60}) {
            try (Program program = waiting(2)) {
                List<ProcessHandle> workers = program.awaitWorkers(2);
                LockSupport.parkNanos(delayMillis * 1_000_000L);

                Processes.signal("TERM", program.handle());

                assertThat(program.exitCode()).isEqualTo(143);
                assertAllGone(workers, program);
                assertThat(program.err()).isEmpty();
            }
        }
    }

    @Test
    void everybodyToldToEndAtOnceEndsQuietly() throws IOException, InterruptedException {
        Processes.assumeHeard("INT");
        try (Program program = waiting(2)) {
            List<ProcessHandle> workers = attached(program, 2);

            List<ProcessHandle> everybody = new ArrayList<>(workers);
            everybody.add(program.handle());
            Processes.signal("INT", everybody);

            assertThat(program.exitCode()).isEqualTo(130);
            assertAllGone(workers, program);
            assertThat(program.err()).isEmpty();
        }
    }

    @Test
    void aRegionCutShortUnderARunIsOneFailureWithoutStackTraces()
            throws IOException, InterruptedException {
        try (Program program = waiting(2)) {
            List<ProcessHandle> workers = attached(program, 2);

            Files.newByteChannel(program.regions().getFirst(), WRITE).truncate(0).close();

            assertThat(program.exitCode()).isEqualTo(1);
            assertAllGone(workers, program);
            assertThat(program.err().lines()).allMatch(line -> line.startsWith("huffhash: "));
            assertThat(program.err()).isNotEmpty();
        }
    }

    /** The file to which a descriptor leads, as it was called. */
    private static Path name(Path descriptor) throws IOException {
        String target = Files.readSymbolicLink(descriptor).toString();
        return Path.of(target.replace(" (deleted)", ""));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSharedMemoryHasNoNameThatCouldBeLeftWhicheverIsKilledFirst(boolean workersFirst)
            throws IOException, InterruptedException {
        try (Program program = waiting(2)) {
            List<ProcessHandle> workers = attached(program, 2);
            Path name = name(program.regions().getFirst());
            assertThat(name).doesNotExist();

            List<ProcessHandle> all = new ArrayList<>(List.of(program.handle()));
            all.addAll(workersFirst ? 0 : 1, workers);
            Processes.signal("KILL", all);

            assertThat(program.exitCode()).isEqualTo(137);
            assertAllGone(workers, program);
            assertThat(name).doesNotExist();
        }
    }

    /** Where /proc shows the processes of the namespace, and where it shows those outside. */
    @ParameterizedTest
    @ValueSource(strings = {"--mount-proc", "--fork"})
    @Tag("soak")
    void runsInOtherProcessNamespacesDoNotTouchEachOther(String option)
            throws IOException, InterruptedException {
        List<String> isolated = List.of("unshare", "--pid", "--fork", option);
        assumeThat(succeeds(isolated)).as("process namespaces").isTrue();
        Golden golden = Data.golden("skewed_100KB.bin");
        try (Program program = waiting(2);
                Program other = Program.start(folder, isolated, Map.of(), "-m", "-T", "2", "-")) {
            attached(program, 2);
            other.input().write(golden.content());
            other.input().close();
            assertThat(other.exitCode()).as(other.err()).isZero();
            assertThat(other.out()).contains(Long.toString(golden.signature()));

            program.input().close();
            assertThat(program.exitCode()).as(program.err()).isZero();
        }
    }

    private static boolean succeeds(List<String> prefix) throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
