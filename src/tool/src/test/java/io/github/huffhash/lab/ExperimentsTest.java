package io.github.huffhash.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
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
            var registry = new Lookup.Registry(pages, 7);
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
    void lookupHasARowForEveryNumberOfPagesAndSaysWhereTheyCross() {
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
        assertThat(FaultMain.exitCode(Strategy.MALLOC, Faults.DOUBLE_FREE)).isGreaterThan(128);
        assertThat(FaultMain.exitCode(Strategy.SLAB, Faults.DOUBLE_FREE))
                .isEqualTo(FaultMain.DETECTED);
        assertThat(documented()).anyMatch(row -> row.startsWith("malloc,ends the JVM,"));
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
