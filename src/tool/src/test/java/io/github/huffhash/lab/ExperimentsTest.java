package io.github.huffhash.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.huffhash.channel.Team;
import io.github.huffhash.memory.PageRegistry;
import io.github.huffhash.memory.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExperimentsTest {
    @Test
    void searchAndHashTableFindTheSamePageOfEveryPointerAndNoneForOthers() {
        for (int pages : new int[] {8, 64, 4096}) {
            var registry = new PageRegistry(pages, 7);
            for (boolean shuffled : new boolean[] {false, true}) {
                long[] pointers = registry.pointers(shuffled, 11);
                int[] found = Arrays.stream(pointers).mapToInt(registry::search).toArray();
                assertThat(found)
                        .isEqualTo(Arrays.stream(pointers).mapToInt(registry::find).toArray());
                assertThat(Arrays.stream(found)).allMatch(page -> page >= 0 && page < pages);
                assertThat(Arrays.stream(found).distinct().count()).isGreaterThan(pages / 2);
            }
            assertThat(registry.search(0)).isEqualTo(registry.find(0)).isEqualTo(-1);
        }
    }

    @Test
    void lookupHasARowForEveryNumberOfPagesAndSaysWhereTheyCross() throws IOException {
        Findings<?> findings = Lookup.measure(1, 1);

        assertThat(findings.csv()).hasSize(1 + 10);
        assertThat(findings.csv().getFirst())
                .isEqualTo(
                        "pages,searchOrderedNanos,hashOrderedNanos,searchRandomNanos,"
                                + "hashRandomNanos");
        assertThat(findings.text())
                .anyMatch(line -> line.startsWith(" 4,096 "))
                .anyMatch(line -> line.matches("in order, the hash table is .*"));
        JsonObject json = new Gson().fromJson(findings.json(), JsonObject.class);
        assertThat(json.get("workload").getAsString()).isEqualTo("lookup");
        assertThat(json.get("rounds").getAsInt()).isEqualTo(1);
        assertThat(json.getAsJsonArray("rows")).hasSize(10);
    }

    /** What glibc makes of mistakes is its own affair: that row is of the machine it was run on. */
    @Test
    void theAllocatorsFindTheMistakesThatTheDocsSayTheyFind() throws IOException {
        List<Strategy> strategies = new ArrayList<>(List.of(Strategy.values()));
        strategies.remove(Strategy.MALLOC);

        List<String> found = Faults.measure(strategies).csv();

        assertThat(found.subList(1, found.size()))
                .isEqualTo(
                        documented().stream().filter(row -> !row.startsWith("malloc,")).toList());
        assertThat(found.getFirst())
                .isEqualTo(
                        "allocator,double-free,foreign-pointer,interior-pointer,"
                                + "misaligned-pointer,write-after-free,overrun");
    }

    @Test
    void aMistakeThatEndsTheJvmEndsAChildOfIt() throws IOException {
        assertThat(Faults.DOUBLE_FREE.exitCode(Strategy.MALLOC, true)).isGreaterThan(128);
        assertThat(Faults.DOUBLE_FREE.exitCode(Strategy.SLAB, true))
                .isEqualTo(Faults.DOUBLE_FREE.commitHere(Strategy.SLAB))
                .isPositive();
        assertThat(documented()).anyMatch(row -> row.startsWith("malloc,ends the JVM,"));
    }

    /** A crash of the JVM that no signal shows is one too. */
    @Test
    void whateverMistakesOfMallocLeadToIsAnOutcome() throws IOException {
        assertThat(Faults.measure(List.of(Strategy.MALLOC)).csv().getLast())
                .matches("malloc(,(ends the JVM|undetected|does not end)){6}");
    }

    @Test
    void channelsHaveARowForEachDesignWithEachNumberOfClientsAndWorkers() throws IOException {
        var settings =
                new LabSettings(
                        List.of(), List.of(1, 2), 8, 8, 1, 1, 0, 256, 1 << 20, 1, 5_000_000);

        Findings<Channels.Row> findings = Channels.measure(settings, List.of(1, 2));

        assertThat(findings.csv()).hasSize(1 + 1 + 2 * 2 * 2 * 2);
        assertThat(findings.rows())
                .allSatisfy(row ->
                        assertThat(
                                        row.median().shares().values().stream()
                                                .mapToDouble(Double::doubleValue)
                                                .sum())
                                .isCloseTo(1, offset(1e-9)));
        assertThat(findings.csv().get(1)).startsWith("alone,threads,1,0,");
        assertThat(findings.json()).contains("\"toChannel\":null,");
        assertThat(findings.csv())
                .anyMatch(row -> row.startsWith("channel,threads,2,1,"))
                .anyMatch(row -> row.startsWith("rings,processes,1,2,"));
        assertThat(findings.text()).allSatisfy(line -> assertThat(line).hasSizeLessThan(100));
        assertThat(participants()).isEmpty();
    }

    @Test
    void aClientOrWorkerThatEndsIsNotedAndTheOthersEndWithIt() throws IOException {
        try (var team = Team.start(true, 1, 1)) {
            team.measure(Team.Design.RINGS, 1, 1, 1_000_000);
            ProcessHandle one = participants().getFirst();
            one.destroyForcibly();
            one.onExit().join();

            assertThatThrownBy(() -> team.measure(Team.Design.CHANNEL, 1, 1, 1_000_000))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("(client|worker) 0 has ended with status 137");
        }
        assertThat(participants()).isEmpty();
    }

    /** Processes that this one has started for the laboratory. */
    private static List<ProcessHandle> participants() {
        return ProcessHandle.current()
                .children()
                .filter(child -> commandLine(child).contains("channel.Participant"))
                .toList();
    }

    /** The whole of it: {@link ProcessHandle.Info} leaves out lines of more than 4 KB. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    @Test
    void startupHasTheCostsOfEachAllocatorAndOfCallocBesideMalloc() throws IOException {
        var settings =
                new LabSettings(
                        List.of(Strategy.FIRST_FIT, Strategy.MALLOC, Strategy.STRIPED),
                        List.of(1),
                        8,
                        8,
                        1,
                        1,
                        0,
                        256,
                        1 << 20,
                        3,
                        0);

        Findings<Startup.Row> findings = Startup.measure(settings);

        assertThat(findings.rows())
                .extracting(row -> row.kind().label())
                .containsExactly("first-fit", "malloc", "calloc", "striped");
        assertThat(findings.rows())
                .allSatisfy(row -> {
                    assertThat(row.samples()).hasSize(4);
                    double again = row.samples().get(1).nanos();
                    assertThat(row.samples().get(0).nanos()).isGreaterThan(again);
                    assertThat(again).isPositive();
                    assertThat(row.samples().get(2).nanos()).isPositive();
                });
        assertThat(findings.rows().getFirst().samples().getFirst().faults())
                .as("page faults of a heap of 16 MiB that is cleared")
                .isGreaterThan(2048);
        assertThat(findings.rows().getLast().samples().get(3).nanos())
                .as("a stripe does not hold 1 MiB")
                .isNaN();
        assertThat(findings.csv().getLast()).endsWith(",");
        assertThat(findings.remarks())
                .hasSize(2)
                .allMatch(line -> line.contains("malloc takes ") && line.contains("page faults"));
    }

    /** The table of the docs as lines of CSV. */
    private static List<String> documented() throws IOException {
        Path docs = Path.of("docs/allocators.md");
        String text = Files.readString(Files.exists(docs) ? docs : Path.of("../..").resolve(docs));
        String section = text.substring(text.indexOf("## Mistakes"), text.indexOf("## Two traps"));
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceAll("^\\| `|`| \\|$", "").replace(" | ", ","))
                .toList();
    }
}
