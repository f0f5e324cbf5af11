package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
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
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
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

    private static final String MARKS =
            """
            const chart = document.getElementById(arguments[0]);
            const below = chart.id.startsWith('tree') ? 20 : 50; // title and legend
            const top = chart.getBoundingClientRect().top + below;
            return [...chart.querySelectorAll('svg path')].filter(path =>
                path.getBoundingClientRect().top > top && (path.getAttribute('d').startsWith('M1 0A')
                    || COLORS.includes(path.getAttribute('fill')) && path.getAttribute('d').endsWith('Z')));
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
        JsonObject json =
                opened(
                        "compare",
                        "--runs=3",
                        "--modes=single,pools,fast",
                        TestFiles.path("uniform_100KB.bin"));

        assertThat(marks("times")).hasSize(3 + 3 * 3);
        assertThat(marks("speedup")).hasSize(3);
        assertThat(marks("heap")).as("fast has no heap").hasSize(2);
        assertThat(marks("locks")).as("pools have a lock").hasSize(1);
        List<JsonObject> modes = objects(json.get("modes")).toList();
        assertThat(column(0, "wallNanos"))
                .isEqualTo(
                        modes.stream()
                                .map(mode ->
                                        mode.getAsJsonObject("median")
                                                .get("wallNanos")
                                                .getAsString())
                                .toList());
        long phases = modes.stream().mapToLong(mode -> mode.getAsJsonObject("phases").size()).sum();
        assertThat(phases).isGreaterThan(8);
        assertThat(marks("phases")).hasSize((int) phases);

        new Actions(browser()).moveToElement(marks("speedup").get(2)).perform();
        double factor = modes.get(2).get("speedup").getAsDouble();
        assertThat(text("#speedup"))
                .contains(String.format(Locale.US, "%,.3f", factor).replaceFirst("0+$", "") + " x");
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

        assertThat(marks("times")).hasSize(2 * 3 + 2 * 3 * 2);
        assertThat(marks("locks")).hasSize(2 * 3);
        assertThat(text("code")).contains("compare --runs=2 --modes=threads,pools --workers=1,2,4");
        assertThat(column(0, "lockAcquisitions"))
                .isEqualTo(
                        objects(json.get("modes"))
                                .map(mode ->
                                        mode.getAsJsonObject("median")
                                                .get("lockAcquisitions")
                                                .getAsString())
                                .toList())
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

        assertThat(marks("throughput-0")).hasSize((3 + 1) * 2);
        assertThat(marks("waiting-0")).hasSize(3 * 2);
        assertThat(marks("latency-0")).hasSize(3 * 3);
        List<String> p99 =
                objects(json.get("measurements"))
                        .map(row -> row.get("p99Nanos").getAsString())
                        .toList();
        assertThat(column(0, "p99Nanos")).hasSize(6).containsExactlyElementsOf(p99);

        browser().findElement(By.cssSelector("th[data-key=p99Nanos]")).click();
        assertThat(column(0, "p99Nanos").stream().map(Long::valueOf)).isSorted();
        for (int click = 0; click < 2; click++) {
            browser().findElement(By.cssSelector("th[data-key=leakedBytes]")).click();
            assertThat(column(0, "leakedBytes")).endsWith("", "").startsWith("0");
        }
        assertThat(marks("fragmentation-0")).as("malloc has no external one").hasSize(3 + 2);
        browser().findElement(By.cssSelector("input[type=search]")).sendKeys("malloc");
        assertThat(script("return document.querySelectorAll('tbody tr:not([hidden])').length"))
                .isEqualTo(2L);
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
    }

    @Test
    void darkColoursAreForThoseWhoWantThem() throws Exception {
        opened("lab", "lookup", "--rounds=1");
        String background = "return getComputedStyle(document.body).backgroundColor";
        Object light = script(background);
        browser()
                .executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "features",
                                List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        Object dark = script(background);
        browser().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));

        assertThat(dark).isNotEqualTo(light);
    }
}
