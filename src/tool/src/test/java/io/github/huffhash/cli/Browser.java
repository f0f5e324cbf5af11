package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.huffhash.cli.Cli.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** One browser for all tests of pages; they are skipped where there is none. */
final class Browser implements BeforeAllCallback, AfterEachCallback {
    /** In a file's name, harmful if any of it were taken for markup or script. */
    static final String HARMFUL = "<script>document.title='hit'<img src=x onerror=go()>";

    /** It has no protocol classes for the newest browsers, and needs none here. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private static Optional<ChromeDriver> started = Optional.empty();

    @Override
    public void beforeAll(ExtensionContext context) {
        if (started.isPresent()) {
            return;
        }
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
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--window-size=1200,900");
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
        // Surefire gives each class of tests a root context of its own
        Runtime.getRuntime().addShutdownHook(new Thread(() -> driver().quit()));
    }

    private static Optional<File> command(String... names) {
        return Stream.of(names)
                .map(name -> new File("/usr/bin", name))
                .filter(File::canExecute)
                .findFirst();
    }

    static ChromeDriver driver() {
        return started.orElseThrow();
    }

    /** Whatever a test did: the page was quiet, kept to itself, and fits a telephone. */
    @Override
    public void afterEach(ExtensionContext context) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 800, "deviceScaleFactor", 1, "mobile", true));
        assertThat(script("return document.documentElement.scrollWidth")).isEqualTo(390L);
        command("Emulation.clearDeviceMetricsOverride", Map.of());

        assertThat(driver().manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        assertThat(
                        driver().manage().logs().get(LogType.PERFORMANCE).getAll().stream()
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
        assertThat(driver().getTitle()).isNotEqualTo("hit");
    }

    /** Runs a command that measures, opens its report, and returns what it prints with --json. */
    static JsonObject opened(Path folder, String... arguments)
            throws IOException, InterruptedException {
        Path page = folder.resolve("page.html");
        String[] all =
                Stream.concat(Arrays.stream(arguments), Stream.of("--json", "--html=" + page))
                        .toArray(String[]::new);
        Outcome outcome = Cli.huffhash(all).run();
        assertThat(outcome.err()).isEmpty();
        open(page);
        return new Gson().fromJson(outcome.out(), JsonObject.class);
    }

    static void open(Path page) throws IOException {
        assertThat(Files.size(page)).isLessThan(2_000_000);
        driver().get(page.toUri().toString());
    }

    static Object script(String script, Object... arguments) {
        return Objects.requireNonNull(driver().executeScript(script, arguments));
    }

    static List<?> listed(String script, Object... arguments) {
        return (List<?>) script(script, arguments);
    }

    static Map<String, Object> command(String name, Map<String, Object> parameters) {
        return driver().executeCdpCommand(name, parameters);
    }

    /** The media and colours for which the page is shown. */
    static void emulate(String media, String scheme) {
        var dark = Map.of("name", "prefers-color-scheme", "value", scheme);
        command("Emulation.setEmulatedMedia", Map.of("media", media, "features", List.of(dark)));
    }

    /** Writes a file in whose path the folder's and the file's name end a script together. */
    static String harmful(Path folder, byte[] content) throws IOException {
        Path file =
                Files.createDirectories(folder.resolve("<"))
                        .resolve("script>" + HARMFUL + "\"'&\n\u2028.bin");
        return Files.write(file, content).toString();
    }
}
