package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.huffhash.Waiting;
import io.github.huffhash.cli.Cli.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Reports in a browser, as a person sees them. */
class BrowserTest {
    /** Harmful if any of it were taken for markup or script. */
    private static final String HARMFUL = "<script>document.title='hit'<img src=x onerror=go()>";

    /** What stands for a value: bars, dots, and the knots of a tree; not those of the legend. */
    private static final String MARKS =
            """
            const chart = document.getElementById(arguments[0]);
            const grid = echarts.getInstanceByDom(chart).getOption().grid;
            const top = chart.getBoundingClientRect().top + (grid ? grid[0].top - 6 : 20);
            return [...chart.querySelectorAll('svg path')].filter(path =>
                path.getBoundingClientRect().bottom > top && (path.getAttribute('d').startsWith('M1 0A')
                    || COLORS.includes(path.getAttribute('fill')) && /Z$/i.test(path.getAttribute('d'))));
            """;

    /** Moves a slider to a step, and tells what map and facts show. */
    private static final String STEP =
            """
            const heap = document.querySelector(arguments[0]);
            const slider = heap.querySelector('input');
            slider.value = arguments[1];
            slider.dispatchEvent(new Event('input'));
            const fact = name => [...heap.querySelectorAll('dt')].find(each => each.textContent === name)
                .nextSibling.textContent;
            const cells = kind => [...heap.querySelectorAll('path.' + kind)]
                .reduce((sum, path) => sum + path.getAttribute('d').split('M').length - 1, 0);
            const list = fact('free list');
            return {
              'lock acquisitions': fact('lock acquisitions'), fallbacks: fact('fallbacks'), effect: fact('effect'),
              'node cells': cells('node'),
              chunks: Number(list.match(/(\\d+) chunks/)?.[1] ?? list.split('→').length),
            };
            """;

    /** The least contrast between a text of a chart and the page, by the formula of WCAG 2. */
    private static final String CONTRAST =
            """
            const light = color => {
              const context = document.createElement('canvas').getContext('2d');
              context.fillStyle = color;
              context.fillRect(0, 0, 1, 1);
              const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map(each =>
                  each <= 10 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const back = light(getComputedStyle(document.body).backgroundColor);
            const texts = [...document.querySelectorAll('.chart text, th, td, p, .legend, dd')];
            const inks = new Set(texts.map(text =>
                text.tagName === 'text' ? getComputedStyle(text).fill : getComputedStyle(text).color));
            return Math.min(...[...inks].map(light).map(ink =>
                (Math.max(ink, back) + 0.05) / (Math.min(ink, back) + 0.05)));
            """;

    @TempDir private static Path folder;

    /** It has no protocol classes for the newest browsers, and needs none here. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private static Optional<ChromeDriver> started = Optional.empty();

    @BeforeAll
    static void startTheBrowser() {
        Optional<File> chromium = command("chromium", "chromium-browser", "google-chrome");
        Optional<File> driver = command("chromedriver");
        assumeTrue(
                chromium.isPresent() && driver.isPresent(),
                "needs a browser: packages chromium and chromium-driver");
        SELENIUM.setLevel(Level.SEVERE);
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
        options.setCapability("goog:loggingPrefs", logs);
        var service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.orElseThrow())
                        .withSilent(true)
                        .build();
        try {
            started = Optional.of(new ChromeDriver(service, options));
        } catch (SessionNotCreatedException e) {
            abort("the browser does not start: " + e.getRawMessage());
        }
        browser().manage().window().setSize(new Dimension(1200, 900));
    }

    private static Optional<File> command(String... names) {
        return Stream.of(names)
                .map(name -> new File("/usr/bin", name))
                .filter(File::canExecute)
                .findFirst();
    }

    private static ChromeDriver browser() {
        return started.orElseThrow();
    }

    @AfterAll
    static void endTheBrowser() {
        started.ifPresent(ChromeDriver::quit);
    }

    /** Whatever a test did: the page was quiet, kept to itself, and fits a telephone. */
    @AfterEach
    void nothingLeavesThePageAndItFitsATelephone() {
        browser()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of(
                                "width",
                                390,
                                "height",
                                800,
                                "deviceScaleFactor",
                                1,
                                "mobile",
                                true));
        assertThat(script("return document.documentElement.scrollWidth")).isEqualTo(390L);
        browser().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());

        assertThat(browser().manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        assertThat(
                        browser().manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                                .map(entry ->
                                        new Gson().fromJson(entry.getMessage(), JsonObject.class))
                                .map(entry -> entry.getAsJsonObject("message"))
                                .filter(message ->
                                        message.get("method")
                                                .getAsString()
                                                .equals("Network.requestWillBeSent"))
                                .map(message ->
                                        message.getAsJsonObject("params")
                                                .getAsJsonObject("request")
                                                .get("url")
                                                .getAsString()))
                .isNotEmpty()
                .allSatisfy(url -> assertThat(url).matches("file:///.*[.]html"));
        assertThat(browser().getTitle()).isNotEqualTo("hit");
    }

    /** Runs a command that measures, and opens its report. */
    private static JsonObject opened(String... arguments) throws IOException, InterruptedException {
        Path page = folder.resolve("page.html");
        String[] all =
                Stream.concat(Stream.of(arguments), Stream.of("--json", "--html=" + page))
                        .toArray(String[]::new);
        Outcome outcome = Cli.huffhash(all).run();
        assertThat(outcome.err()).isEmpty();
        assertThat(Files.size(page)).isLessThan(2_000_000);
        browser().get(page.toUri().toString());
        return new Gson().fromJson(outcome.out(), JsonObject.class);
    }

    private static Object script(String script, Object... arguments) {
        return Objects.requireNonNull(browser().executeScript(script, arguments));
    }

    @SuppressWarnings("unchecked")
    private static List<WebElement> marks(String chart) {
        return (List<WebElement>) script(MARKS, chart);
    }

    /** Every chart has so many marks, and there is no other chart. */
    private static void assertMarks(Map<String, Integer> counts) {
        var found = new TreeMap<String, Integer>();
        for (WebElement chart : browser().findElements(By.cssSelector(".chart svg[width]"))) {
            String name = script("return arguments[0].closest('.chart').id", chart).toString();
            found.put(name, marks(name).size());
        }
        assertThat(found).isEqualTo(new TreeMap<>(counts));
    }

    /** A mark's tooltip shows a value as the page rounds it. */
    private static void assertTooltip(String chart, int mark, double value, String unit) {
        WebElement element = marks(chart).get(mark);
        script("arguments[0].scrollIntoView({block: 'center'}); return true;", element);
        new Actions(browser()).moveToElement(element).perform();
        String shown = String.format(Locale.US, "%,.3f", value).replaceFirst("[.]?0+$", "");
        assertThat(text("#" + chart)).contains((shown + " " + unit).strip());
    }

    private static double number(JsonObject object, String... path) {
        JsonObject at = object;
        for (String key : List.of(path).subList(0, path.length - 1)) {
            at = at.getAsJsonObject(key);
        }
        return at.get(path[path.length - 1]).getAsDouble();
    }

    private static void emulate(String media, String scheme) {
        browser()
                .executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "media",
                                media,
                                "features",
                                List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** The values of a column of the page's tables. */
    private static List<String> column(int table, String key) {
        return script(
                                """
                                const table = document.querySelectorAll('table')[arguments[0]];
                                const at = [...table.querySelectorAll('th')].findIndex(th => th.dataset.key === arguments[1]);
                                return [...table.tBodies[0].rows].map(row => row.cells[at].dataset.value);
                                """,
                                table,
                                key)
                        instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Stream<JsonObject> objects(JsonElement array) {
        return array.getAsJsonArray().asList().stream().map(JsonElement::getAsJsonObject);
    }

    private static String text(String selector) {
        return browser().findElement(By.cssSelector(selector)).getText();
    }

    @Test
    void modesAreComparedByBarsDotsAndTables() throws Exception {
        JsonObject json = opened("compare", "--runs=2", "-T2", TestFiles.path("uniform_100KB.bin"));

        List<JsonObject> modes = objects(json.get("modes")).toList();
        int phases = modes.stream().mapToInt(mode -> mode.getAsJsonObject("phases").size()).sum();
        int looks = modes.stream().mapToInt(mode -> mode.getAsJsonArray("heapUse").size()).sum();
        assertThat(phases)
                .as("single waits for no other, fast is not measured")
                .isEqualTo(4 + 3 * 5);
        assertMarks(
                Map.of(
                        "times", 5 + 5 * 2,
                        "speedup", 5,
                        "phases", phases,
                        "locks", 3,
                        "waits", 3,
                        "heap", 4,
                        "heap-use", looks));
        assertThat(column(0, "wallNanos")).isEqualTo(ofMedian(modes, "wallNanos"));
        assertThat(column(2, "lockAcquisitions")).isEqualTo(ofMedian(modes, "lockAcquisitions"));
        assertThat(column(3, "bytes"))
                .hasSize(looks)
                .isEqualTo(
                        modes.stream()
                                .flatMap(mode -> objects(mode.get("heapUse")))
                                .map(look -> look.get("bytes").getAsString())
                                .toList());
        for (JsonObject mode : modes) {
            double peak = number(mode, "median", "heapPeakBytes");
            assertThat(objects(mode.get("heapUse")).mapToDouble(look -> number(look, "bytes")))
                    .allMatch(bytes -> bytes >= 0 && bytes <= peak);
        }
        assertTooltip("times", 2, number(modes.get(2), "median", "wallNanos") / 1e6, "ms");
        assertTooltip("speedup", 4, number(modes.get(4), "speedup"), "x");
        assertTooltip("locks", 2, number(modes.get(3), "median", "lockAcquisitions"), "");
        assertTooltip("heap", 3, number(modes.get(3), "median", "heapPeakBytes") / 1024, "KiB");
        aPageIsReadableInTheDarkAndOnPaper();
    }

    private static List<String> ofMedian(List<JsonObject> modes, String key) {
        return modes.stream()
                .map(mode -> mode.getAsJsonObject("median").get(key).getAsString())
                .toList();
    }

    /** Of the page that is open. */
    private static void aPageIsReadableInTheDarkAndOnPaper() {
        String background = "return getComputedStyle(document.body).backgroundColor";
        Object light = script(background);
        Waiting.until("texts are readable", () -> ((Number) script(CONTRAST)).doubleValue() > 4.5);
        emulate("screen", "dark");
        assertThat(script(background)).isNotEqualTo(light);
        Waiting.until("texts are readable", () -> ((Number) script(CONTRAST)).doubleValue() > 4.5);
        emulate("print", "dark");
        script("dispatchEvent(new Event('beforeprint')); return true;");
        assertThat(script(background)).isEqualTo(light);
        Waiting.until("texts are readable", () -> ((Number) script(CONTRAST)).doubleValue() > 4.5);
        assertThat(
                        script(
                                """
                                const controls = document.querySelectorAll('input').values()
                                    .filter(each => each.checkVisibility()).toArray();
                                const wide = [...document.querySelectorAll('main, .chart, .chart svg[width], table')]
                                    .filter(each => each.getBoundingClientRect().right > 720);
                                return [...controls, ...wide].map(each => each.outerHTML.slice(0, 80)).join();
                                """))
                .isEqualTo("");
        script("dispatchEvent(new Event('afterprint')); return true;");
        emulate("", "light");
    }

    @Test
    void aSweepIsDrawnAsCurves() throws Exception {
        JsonObject json =
                opened(
                        "compare",
                        "--runs=2",
                        "--modes=threads,pools",
                        "--workers=1,2,4",
                        TestFiles.path("uniform_100KB.bin"));

        List<JsonObject> modes = objects(json.get("modes")).toList();
        int phases = modes.stream().mapToInt(mode -> mode.getAsJsonObject("phases").size()).sum();
        int looks = modes.stream().mapToInt(mode -> mode.getAsJsonArray("heapUse").size()).sum();
        assertMarks(
                Map.of(
                        "times", 2 * 3 + 2 * 3 * 2,
                        "speedup", 2 * 3,
                        "phases", phases,
                        "locks", 2 * 3,
                        "waits", 2 * 3,
                        "heap", 2 * 3,
                        "heap-use", looks));
        assertTooltip("speedup", 5, number(modes.get(5), "speedup"), "x");
        assertThat(text("code")).contains("compare --runs=2 --modes=threads,pools --workers=1,2,4");
        assertThat(column(0, "lockAcquisitions"))
                .isEqualTo(ofMedian(modes, "lockAcquisitions"))
                .contains("101004", "11204");
    }

    @Test
    void allocatorsAreComparedAndTheirTableIsSortedAndFiltered() throws Exception {
        JsonObject json =
                opened(
                        "lab",
                        "larson",
                        "--rounds=1",
                        "--ops=2000",
                        "--workers=1,2",
                        "--allocators=first-fit,slab,malloc");

        assertMarks(
                Map.of(
                        "throughput-0", (3 + 1) * 2,
                        "waiting-0", 3 * 2,
                        "latency-0", 3 * 3,
                        "fragmentation-0", 3 + 2)); // malloc has no external one
        List<String> p99 =
                objects(json.get("measurements"))
                        .map(row -> row.get("p99Nanos").getAsString())
                        .toList();
        assertThat(column(1, "p99Nanos")).hasSize(6).containsExactlyElementsOf(p99);

        assertTooltip(
                "latency-0",
                8,
                number(objects(json.get("measurements")).toList().get(5), "maxNanos"),
                "ns");
        browser().findElement(By.cssSelector("th[data-key=p99Nanos]")).click();
        assertThat(column(1, "p99Nanos").stream().map(Long::valueOf)).isSorted();
        for (int click = 0; click < 2; click++) {
            browser().findElement(By.cssSelector("th[data-key=leakedBytes]")).click();
            assertThat(column(1, "leakedBytes")).endsWith("", "").startsWith("0");
        }
        WebElement filter = browser().findElement(By.cssSelector("input[type=search]"));
        filter.sendKeys("malloc");
        assertThat(script("return document.querySelectorAll('tbody tr:not([hidden])').length"))
                .as("of one table, and all of the other")
                .isEqualTo(2L + 6);
        aPageIsReadableInTheDarkAndOnPaper();
    }

    @Test
    void aBlockIsExplainedWhateverItsNameAndContent() throws Exception {
        // together, the folder's and the file's name end a script
        Path file =
                Files.createDirectory(folder.resolve("<"))
                        .resolve("script>" + HARMFUL + "\"'&\n\u2028.bin");
        Files.write(
                file,
                "</script><script>document.title='hit'</script>\"'\n\u00ff"
                        .getBytes(StandardCharsets.ISO_8859_1));
        JsonObject json = opened("explain", file.toString());

        JsonArray symbols = json.getAsJsonArray("symbols");
        int nodes = 2 * symbols.size() - 1;
        assertThat(json.getAsJsonArray("nodes")).hasSize(nodes);
        assertThat(marks("tree-reference")).hasSize(nodes);
        assertThat(marks("tree-limited")).hasSize(nodes);
        assertThat(column(0, "limitedWord"))
                .isEqualTo(
                        objects(symbols)
                                .map(each -> each.get("limitedWord").getAsString())
                                .toList());
        assertThat(text("h1")).contains(HARMFUL);
        browser().findElement(By.cssSelector("th[data-key=limitedWord]")).click();
        assertThat(column(0, "limitedWord")).isSorted();

        for (JsonObject heap : objects(json.get("heaps")).toList()) {
            String id = "#heap-" + heap.get("allocator").getAsString();
            JsonArray steps = heap.getAsJsonArray("steps");
            String map = "return document.querySelector('" + id + " svg.map').innerHTML";
            Object before = script(map);
            script(
                    """
                    const slider = document.querySelector(arguments[0] + ' input');
                    slider.value = arguments[1];
                    return slider.dispatchEvent(new Event('input'));
                    """,
                    id,
                    5);
            JsonObject step = steps.get(5).getAsJsonObject();
            assertThat(script(map)).isNotEqualTo(before);
            assertThat(text(id + " dl"))
                    .contains("5 of " + (steps.size() - 1))
                    .contains(step.get("effect").getAsString())
                    .contains(
                            step.get("placeBytes").getAsString()
                                    + " bytes at "
                                    + step.get("start").getAsString())
                    .contains("lock acquisitions\n" + step.get("lockAcquisitions").getAsString());
        }
        theMapFollowsTheRequests(json);
    }

    /**
     * The cells of one step after another: what is painted as free are the chunks that the steps
     * have added and not removed, and the facts are those of the step.
     */
    private static void theMapFollowsTheRequests(JsonObject json) {
        JsonArray heaps = json.getAsJsonArray("heaps");
        for (JsonObject heap : objects(heaps).toList()) {
            String id = "#heap-" + heap.get("allocator").getAsString();
            List<JsonObject> steps = objects(heap.get("steps")).toList();
            long listStart = heap.get("listStart").getAsLong();
            var free = new TreeMap<Long, Long>();
            for (int i = 0; i < steps.size(); i++) {
                JsonObject step = steps.get(i);
                objects(step.get("removed"))
                        .forEach(each -> free.remove(each.get("start").getAsLong()));
                objects(step.get("added"))
                        .forEach(each ->
                                free.put(
                                        each.get("start").getAsLong(),
                                        each.get("bytes").getAsLong()));
                assertThat(script(STEP, id, i))
                        .as("%s, step %d", id, i)
                        .isEqualTo(
                                Map.of(
                                        "lock acquisitions",
                                                step.get("lockAcquisitions").getAsString(),
                                        "fallbacks", step.get("fallbacks").getAsString(),
                                        "effect", step.get("effect").getAsString(),
                                        "node cells", nodeCells(steps.subList(0, i + 1), listStart),
                                        "chunks", Long.valueOf(free.size())));
            }
            assertThat(text(id)).contains("free list, from " + listStart);
            assertThat(objects(heap.get("steps")).map(step -> step.get("effect").getAsString()))
                    .anyMatch(effect -> effect.contains("coalesced") || effect.contains("pool"));
        }
        assertThat(text("#heap-pools")).contains("the block’s pool, ");
        assertThat(
                        script(
                                """
                                return [...document.querySelectorAll('#locks path')].filter(path =>
                                    path.getAttribute('fill') === 'none' && path.getAttribute('d').match(/L/g)?.length > 1).length;
                                """))
                .as("curves, one for each heap")
                .isEqualTo(2L);
    }

    /** Cells of 16 bytes that tree nodes cover; pools take none back. */
    private static long nodeCells(List<JsonObject> steps, long listStart) {
        var live = new TreeMap<Long, Long>();
        for (JsonObject step : steps) {
            long start = step.get("start").getAsLong();
            if (step.get("request").getAsString().equals("free")) {
                live.computeIfPresent(start, (_, bytes) -> start < listStart ? bytes : null);
            } else if (step.get("piece").getAsString().equals("node")) {
                live.put(start, step.get("placeBytes").getAsLong());
            }
        }
        return live.values().stream().mapToLong(bytes -> bytes / 16).sum();
    }

    @Test
    void everyExperimentHasItsCharts() throws Exception {
        JsonObject lookup = opened("lab", "lookup", "--rounds=1");
        assertMarks(Map.of("lookup", 4 * 10));
        assertTooltip("lookup", 39, number(row(lookup, 9), "hashRandomNanos"), "ns");
        assertThat(column(0, "hashRandomNanos"))
                .isEqualTo(
                        objects(lookup.get("rows"))
                                .map(row -> row.get("hashRandomNanos").getAsString())
                                .toList());

        JsonObject startup = opened("lab", "startup", "--rounds=1", "--allocators=first-fit,slab");
        assertThat(marks("startup")).hasSize(4 * 2);
        assertTooltip("startup", 7, number(row(startup, 1), "largeNanos"), "ns");
        assertThat(marks("faults")).hasSize(4 * 2);

        opened("lab", "faults", "--allocators=first-fit,slab");
        assertMarks(Map.of("outcomes", 6 * 2));
    }

    @Test
    @Tag("soak")
    void channelsHaveTheirCharts() throws Exception {
        JsonObject channels = opened("lab", "channels", "--rounds=1", "--workers=1");
        int rows = channels.getAsJsonArray("rows").size();
        assertMarks(Map.of("requests", rows - 1, "shares", 3 * rows));
        assertTooltip(
                "requests", rows - 2, number(row(channels, rows - 1), "requestsPerSecond"), "");
    }

    private static JsonObject row(JsonObject findings, int number) {
        return findings.getAsJsonArray("rows").get(number).getAsJsonObject();
    }
}
