package io.github.huffhash.cli;

import static io.github.huffhash.cli.Browser.script;
import static io.github.huffhash.cli.Charts.assertCharts;
import static io.github.huffhash.cli.Charts.assertTable;
import static io.github.huffhash.cli.Charts.column;
import static io.github.huffhash.cli.Charts.objects;
import static io.github.huffhash.cli.Charts.word;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.huffhash.cli.Charts.Mark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Pages of explain, as a person sees them. */
@ExtendWith(Browser.class)
class ExplainPageTest {
    /** Moves a slider to a step, and tells what map and facts show. */
    private static final String STEP =
            """
            const heap = document.querySelector(arguments[0]);
            const slider = heap.querySelector('input');
            slider.value = arguments[1];
            slider.dispatchEvent(new Event('input'));
            const facts = Object.fromEntries([...heap.querySelectorAll('dt')].map(each =>
                [each.textContent, each.nextSibling.textContent]));
            const list = facts['free list'];
            facts['free list'] = Number(list.match(/(\\d+) chunks/)?.[1] ?? (list && list.split('→').length));
            const cells = {};
            heap.querySelectorAll('path').forEach(path => {
              const kind = path.getAttribute('class');
              cells[kind] = (cells[kind] ?? 0) + path.getAttribute('d').split('M').length - 1;
            });
            return {facts, cells};
            """;

    @TempDir private static Path folder;

    @Test
    void aBlockIsExplainedWhateverItsNameAndContent() throws Exception {
        byte[] content =
                "</script><script>document.title='hit'</script>\"'\n\u00ff"
                        .getBytes(StandardCharsets.ISO_8859_1);
        JsonObject json = Browser.opened(folder, "explain", Browser.harmful(folder, content));

        assertThat(Browser.driver().findElement(By.tagName("h1")).getText())
                .contains(Browser.HARMFUL);
        assertCodes(json);
        for (JsonObject heap : objects(json.get("heaps"))) {
            assertThat(assertTheMapFollowsTheRequests(heap, 1))
                    .contains("array", "block", "free", "min-heap", "node", "taken");
            assertThat(objects(heap.get("steps")).stream().map(step -> word(step, "effect")))
                    .anyMatch(effect -> effect.contains("coalesced") || effect.contains("pool"));
        }
        Browser.driver().findElement(By.cssSelector("th[data-key=limitedWord]")).click();
        assertThat(column(0, "limitedWord")).isSorted();
        Paper.assertReadableInTheDarkAndOnPaper();
    }

    @Test
    void whatAPoolCannotHoldFallsBackToTheList() throws Exception {
        JsonObject json =
                Browser.opened(
                        folder,
                        "explain",
                        "--pool-size=2K",
                        "--block=2",
                        TestFiles.path("skewed_100KB.bin"));

        assertCodes(json);
        JsonObject pools = objects(json.get("heaps")).get(1);
        assertThat(pools.getAsJsonObject("pool").get("start").getAsLong()).isEqualTo(2 * 2048);
        List<JsonObject> steps = objects(pools.get("steps"));
        for (String effect :
                List.of(
                        "fallback: a chunk split",
                        "fallback: none: taken when the block was admitted",
                        "none: served by the pool",
                        "coalesced with both neighbours")) {
            assertThat(steps.stream().map(step -> word(step, "effect"))).contains(effect);
        }
        assertThat(assertTheMapFollowsTheRequests(pools, 100))
                .containsExactly("array", "block", "free", "min-heap", "node", "pool", "taken");
    }

    /** Trees, tables and curves. */
    private static void assertCodes(JsonObject json) {
        List<JsonObject> symbols = objects(json.get("symbols"));
        Map<String, List<Mark>> charts = new HashMap<>();
        charts.put("tree-reference", knots(symbols, "referenceWord"));
        charts.put("tree-limited", knots(symbols, "limitedWord"));
        List<JsonObject> nodes = objects(json.get("nodes"));
        assertThat(
                        charts.get("tree-reference").stream()
                                .map(mark -> mark.text().replaceAll(".*:", "")))
                .as("frequencies in pre-order")
                .isEqualTo(nodes.stream().map(node -> word(node, "frequency")).toList());
        assertTable(0, symbols);
        assertTable(1, nodes);
        assertTable(2, requests(objects(json.get("heaps"))));
        charts.put("locks", dots(objects(json.get("heaps"))));
        assertCharts(charts);
    }

    /** The knots of a tree in pre-order, with their counts. */
    private static List<Mark> knots(List<JsonObject> symbols, String key) {
        var counts = new TreeMap<String, Long>();
        Map<String, String> names = new HashMap<>();
        for (JsonObject symbol : symbols) {
            String path = word(symbol, key);
            for (int depth = 0; depth <= path.length(); depth++) {
                counts.merge(path.substring(0, depth), symbol.get("count").getAsLong(), Long::sum);
            }
            int value = symbol.get("symbol").getAsInt();
            String character = value > ' ' && value < 0x7F ? "" + (char) value : "";
            names.put(path, character + "%02x".formatted(value));
        }
        return counts.entrySet().stream()
                .map(knot ->
                        new Mark(
                                names.getOrDefault(knot.getKey(), "innernode")
                                        + ":"
                                        + knot.getValue()))
                .toList();
    }

    /** The same request to both heaps, with the lock acquisitions of both. */
    private static List<JsonObject> requests(List<JsonObject> heaps) {
        List<JsonObject> requests = new ArrayList<>();
        for (JsonObject step : objects(heaps.get(0).get("steps"))) {
            JsonObject pooled = objects(heaps.get(1).get("steps")).get(requests.size()).deepCopy();
            for (String key : List.of("request", "piece", "bytes")) {
                assertThat(pooled.get(key)).isEqualTo(step.get(key));
            }
            pooled.add("firstFitLocks", step.get("lockAcquisitions"));
            pooled.add("poolLocks", pooled.get("lockAcquisitions"));
            requests.add(pooled);
        }
        return requests;
    }

    /** Lock acquisitions as they add up, a dot for each request. */
    private static List<Mark> dots(List<JsonObject> heaps) {
        List<Mark> dots = new ArrayList<>();
        for (JsonObject heap : heaps) {
            for (JsonObject step : objects(heap.get("steps"))) {
                String place = "" + dots.size() % heap.getAsJsonArray("steps").size();
                double locks = step.get("lockAcquisitions").getAsDouble();
                dots.add(Mark.of(word(heap, "allocator"), place, locks, ""));
            }
        }
        return dots;
    }

    /**
     * The facts and the cells of each kind are those of the step, computed from the requests.
     *
     * @param stride looks at each step whose number it divides, and at the last
     * @return the kinds of cells that were seen
     */
    private static Set<String> assertTheMapFollowsTheRequests(JsonObject heap, int stride) {
        String id = "#heap-" + word(heap, "allocator");
        List<JsonObject> steps = objects(heap.get("steps"));
        long listStart = heap.get("listStart").getAsLong();
        var pool = Chunk.of(heap.getAsJsonObject("pool"), "bytes");
        Map<Chunk, String> free = new HashMap<>();
        Map<Chunk, String> live = new HashMap<>();
        Set<String> kinds = new TreeSet<>();
        long end =
                steps.stream()
                        .map(step -> Chunk.of(step, "placeBytes"))
                        .mapToLong(Chunk::end)
                        .max()
                        .orElseThrow();
        for (int i = 0; i < steps.size(); i++) {
            JsonObject step = steps.get(i);
            var place = Chunk.of(step, "placeBytes");
            objects(step.get("removed")).forEach(each -> free.remove(Chunk.of(each, "bytes")));
            objects(step.get("added")).forEach(each -> free.put(Chunk.of(each, "bytes"), "free"));
            if (word(step, "request").equals("allocate")) {
                live.put(place, word(step, "piece"));
                assertThat(place.start >= listStart || place.isIn(pool)).isTrue();
            } else if (place.start >= listStart) { // a pool takes nothing back
                live.remove(place);
            }
            if (i % stride == 0 || i == steps.size() - 1) {
                Map<String, Long> cells = new TreeMap<>();
                count(cells, pool, "pool", live);
                Map<Chunk, String> list = new HashMap<>(free);
                list.putAll(live);
                count(cells, new Chunk(listStart, end - listStart), "taken", list);
                kinds.addAll(cells.keySet());
                Map<?, ?> seen = (Map<?, ?>) script(STEP, id, i);
                assertThat(seen.get("cells")).as("%s, step %d", id, i).isEqualTo(cells);
                assertThat(seen.get("facts"))
                        .as("%s, step %d", id, i)
                        .isEqualTo(facts(steps, i, free.size()));
            }
        }
        return kinds;
    }

    private record Chunk(long start, long bytes) {
        static Chunk of(JsonObject object, String bytes) {
            return new Chunk(object.get("start").getAsLong(), object.get(bytes).getAsLong());
        }

        long end() {
            return start + bytes;
        }

        boolean isIn(Chunk other) {
            return start >= other.start && end() <= other.end();
        }
    }

    /** Adds the cells of an area, of 16 bytes each: pieces in it, and the rest. */
    private static void count(
            Map<String, Long> cells, Chunk area, String rest, Map<Chunk, String> pieces) {
        long left = area.bytes / 16;
        for (Map.Entry<Chunk, String> piece : pieces.entrySet()) {
            Chunk chunk = piece.getKey();
            long covered =
                    (Math.min(chunk.end(), area.end()) - Math.max(chunk.start, area.start)) / 16;
            if (covered > 0) {
                cells.merge(piece.getValue(), covered, Long::sum);
                left -= covered;
            }
        }
        if (left > 0) {
            cells.merge(rest, left, Long::sum);
        }
    }

    /** What stands above the map. */
    private static Map<String, Object> facts(List<JsonObject> steps, int number, int chunks) {
        JsonObject step = steps.get(number);
        String bytes = word(step, "bytes");
        String place = word(step, "placeBytes");
        return Map.of(
                "request",
                "%d of %d: %s %s"
                        .formatted(
                                number,
                                steps.size() - 1,
                                word(step, "request"),
                                word(step, "piece")),
                "asked",
                bytes.equals("0") ? "-" : bytes + " bytes",
                "place",
                place.equals("0") ? "-" : place + " bytes at " + word(step, "start"),
                "effect",
                word(step, "effect"),
                "free list",
                (long) chunks,
                "lock acquisitions",
                word(step, "lockAcquisitions"),
                "fallbacks",
                word(step, "fallbacks"));
    }
}
