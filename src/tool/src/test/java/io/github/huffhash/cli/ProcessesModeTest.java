package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.huffhash.Waiting;
import io.github.huffhash.run.process.Data;
import io.github.huffhash.run.process.Data.Golden;
import io.github.huffhash.run.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The processes mode as its users see it. */
@Timeout(120)
class ProcessesModeTest {
    private static final Golden GOLDEN = Data.golden("uniform_100KB.bin");

    @TempDir private Path folder = Path.of("");

    private static void assertSucceeded(Program program, String out, String err)
            throws IOException, InterruptedException {
        assertThat(program.exitCode()).as(program.err()).isZero();
        assertThat(program.out()).isEqualTo(out);
        assertThat(program.err()).isEqualTo(err);
        assertThat(program.regions()).isEmpty();
    }

    private static String signature(Golden golden) {
        return "Final signature: " + golden.signature() + "\n";
    }

    private static String locks(Golden golden) {
        return "Lock acquisitions: " + golden.lockAcquisitions() + "\n";
    }

    @Test
    void aFileGivesItsSignatureAndTheLockCount() throws IOException, InterruptedException {
        assertSucceeded(
                Program.run(folder, "--processes", GOLDEN.file().toString()),
                signature(GOLDEN),
                locks(GOLDEN));
    }

    @Test
    void standardInputIsReadFromAPipeToItsEnd() throws IOException, InterruptedException {
        try (Program program = Program.start(folder, "-m", "-T", "1", "-")) {
            byte[] bytes = Files.readAllBytes(GOLDEN.file());
            program.input().write(bytes, 0, 3333);
            program.input().flush();
            program.awaitWorkers(1);
            program.input().write(bytes, 3333, bytes.length - 3333);
            program.input().close();

            assertSucceeded(program, signature(GOLDEN), locks(GOLDEN));
        }
    }

    @Test
    void anEmptyInputHasTheSignatureZero() throws IOException, InterruptedException {
        assertSucceeded(
                Program.run(folder, "-m", "-"), "Final signature: 0\n", "Lock acquisitions: 0\n");
    }

    @Test
    void severalFilesAreNamedAndAMissingOneDoesNotStopTheOthers()
            throws IOException, InterruptedException {
        Program program =
                Program.run(
                        folder,
                        "-m",
                        "testdata/one_byte.bin",
                        "testdata/missing.bin",
                        "testdata/zeros_3000B.bin");

        assertThat(program.exitCode()).isEqualTo(1);
        assertThat(program.out().lines())
                .containsExactly(
                        "Final signature: 66  testdata/one_byte.bin",
                        "Final signature: 3000  testdata/zeros_3000B.bin");
        assertThat(program.err().lines())
                .containsExactly(
                        "Lock acquisitions: 8",
                        "huffhash: testdata/missing.bin: no such file",
                        "Lock acquisitions: 24");
    }

    @Test
    void eachBlockNamesTheWorkerProcessThatComputedIt() throws IOException, InterruptedException {
        Program program =
                Program.run(folder, "-m", "-T", "2", "--debug=2", GOLDEN.file().toString());

        assertThat(program.exitCode()).isZero();
        List<String> lines = program.out().lines().toList();
        assertThat(lines).hasSize(101).last().isEqualTo(signature(GOLDEN).strip());
        for (int block = 0; block < 100; block++) {
            assertThat(lines.get(block))
                    .matches("\\[PID [1-9]\\d*] Block " + block + " hash: \\d+")
                    .doesNotContain("[PID " + program.pid() + "]");
        }
        assertThat(lines.stream().limit(100).map(line -> line.split(" ", 3)[1]).distinct())
                .hasSizeBetween(1, 2);
    }

    @Test
    void theTimesHaveALineForEachWorker() throws IOException, InterruptedException {
        Program program = Program.run(folder, "-m", "-T", "3", "--time", GOLDEN.file().toString());

        assertThat(program.exitCode()).isZero();
        assertThat(program.err()).startsWith(locks(GOLDEN)).contains("3 processes", "101,004");
        List<Long> blocks =
                program.err()
                        .lines()
                        .filter(line -> line.startsWith("worker "))
                        .map(line -> Long.parseLong(line.split(" +", 4)[2]))
                        .toList();
        assertThat(blocks).hasSize(3);
        assertThat(blocks.stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
        assertThat(program.err()).contains("worker 1 ", "worker 2 ", "worker 3 ");
    }

    @Test
    void jsonHasAnObjectForEachWorkerAndTheirSums() throws IOException, InterruptedException {
        Program program = Program.run(folder, "-m", "-T", "2", "--json", GOLDEN.file().toString());

        assertThat(program.exitCode()).isZero();
        assertThat(program.err()).isEmpty();
        assertThat(program.out()).hasLineCount(1);
        JsonObject run = JsonParser.parseString(program.out()).getAsJsonObject();
        assertThat(run.get("mode").getAsString()).isEqualTo("processes");
        assertThat(run.get("signature").getAsLong()).isEqualTo(GOLDEN.signature());
        assertThat(run.get("workers").getAsInt()).isEqualTo(2);
        JsonArray workers = run.getAsJsonArray("perWorker");
        assertThat(workers).hasSize(2);
        assertThat(values(workers, "blocks").sum()).isEqualTo(100);
        for (String sum : List.of("lockAcquisitions", "contendedAcquisitions", "lockWaitNanos")) {
            assertThat(values(workers, sum).sum()).as(sum).isEqualTo(run.get(sum).getAsLong());
        }
        assertThat(run.get("lockAcquisitions").getAsLong()).isEqualTo(GOLDEN.lockAcquisitions());
        assertThat(run.get("cpuNanos").getAsLong())
                .isGreaterThan(values(workers, "cpuNanos").sum());
    }

    private static LongStream values(JsonArray array, String name) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .mapToLong(object -> object.get(name).getAsLong());
    }

    @Test
    void comparedWithSingleModeItAgrees() throws IOException, InterruptedException {
        Program program =
                Program.run(
                        folder,
                        "compare",
                        "--modes=single,processes",
                        "--runs=1",
                        GOLDEN.file().toString());

        assertThat(program.exitCode()).as(program.err()).isZero();
        assertThat(program.out())
                .containsPattern("(?m)^single .*" + GOLDEN.signature())
                .containsPattern("(?m)^processes .*101,004.*" + GOLDEN.signature());
        assertThat(program.err()).isEmpty();
    }

    @Test
    void variablesThatChangeAJavaMachineDoNotReachTheWorkers()
            throws IOException, InterruptedException {
        Map<String, String> variables =
                Map.of(
                        "JAVA_TOOL_OPTIONS", "-Dhuffhash.unused=1",
                        "JDK_JAVA_OPTIONS", "-Dhuffhash.unused=2",
                        "_JAVA_OPTIONS", "-Dhuffhash.unused=3",
                        "CLASSPATH", folder.toString());
        Program program =
                Program.start(folder, variables, "-m", "-T", "2", GOLDEN.file().toString());

        assertThat(program.exitCode()).isZero();
        assertThat(program.out()).isEqualTo(signature(GOLDEN));
        assertThat(program.err().lines().filter(line -> line.contains("Picked up"))).hasSize(3);
        assertThat(program.err().lines()).hasSize(4).last().isEqualTo(locks(GOLDEN).strip());
    }

    @Test
    void aHeapTooSmallForABlockIsOneLineThatSaysWhatItTakes()
            throws IOException, InterruptedException {
        String file = GOLDEN.file().toString();
        Program program = Program.run(folder, "-m", "--heap-size=16K", file);

        assertThat(program.exitCode()).isEqualTo(1);
        assertThat(program.out()).isEmpty();
        assertThat(program.err())
                .hasLineCount(1)
                .startsWith("huffhash: " + file + ": ")
                .contains("16384", "27664");
        assertThat(program.regions()).isEmpty();
    }

    @Test
    void aWorkerThatIsKilledCostsOneLineAndNothingElse() throws IOException, InterruptedException {
        try (Program program = Program.start(folder, "-m", "-T", "2", "-")) {
            ProcessHandle victim = program.awaitWorkers(2).getFirst();

            victim.destroyForcibly();
            Waiting.until("there is a warning", () -> said(program).endsWith("\n"));
            program.input().write(Files.readAllBytes(GOLDEN.file()));
            program.input().close();

            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).isEqualTo(signature(GOLDEN));
            assertThat(program.err())
                    .matches(
                            "huffhash: worker [12] \\(process %d\\) died \\(exit code 137\\); its work is done again\n%s"
                                    .formatted(victim.pid(), locks(GOLDEN)));
        }
    }

    private static String said(Program program) {
        try {
            return program.err();
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void programsThatRunAtTheSameTimeDoNotMeet() throws IOException, InterruptedException {
        Golden other = Data.golden("skewed_100KB.bin");
        try (Program one = Program.start(folder, "-m", "-T", "1", "-");
                Program two = Program.start(folder, "-m", "-T", "1", "-")) {
            one.awaitWorkers(1);
            two.awaitWorkers(1);
            assertThat(one.regions()).hasSize(1);

            two.input().write(Files.readAllBytes(other.file()));
            one.input().write(Files.readAllBytes(GOLDEN.file()));
            one.input().close();
            assertSucceeded(one, signature(GOLDEN), locks(GOLDEN));
            assertThat(two.regions()).hasSize(1);
            two.input().close();
            assertSucceeded(two, signature(other), locks(other));
        }
    }

    @Test
    void aWorkerNumberOfZeroMeansAllCores() throws IOException, InterruptedException {
        assertThat(workers("-T", "0", GOLDEN.file().toString()))
                .isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void aFileOfOneBlockHasOneWorkerUnlessMoreAreAskedFor()
            throws IOException, InterruptedException {
        assertThat(workers("testdata/one_byte.bin")).isEqualTo(1);
        assertThat(workers("-T", "3", "testdata/one_byte.bin")).isEqualTo(3);
    }

    /** How many workers a run says it had, for which it has as many entries. */
    private int workers(String... arguments) throws IOException, InterruptedException {
        Program program =
                Program.run(
                        folder,
                        Stream.concat(Stream.of("-m", "--json"), Arrays.stream(arguments))
                                .toArray(String[]::new));
        JsonObject run = JsonParser.parseString(program.out()).getAsJsonObject();
        int workers = run.get("workers").getAsInt();
        assertThat(run.getAsJsonArray("perWorker")).hasSize(workers);
        return workers;
    }
}
