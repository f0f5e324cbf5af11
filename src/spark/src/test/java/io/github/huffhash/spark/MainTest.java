package io.github.huffhash.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Huffhash;
import io.github.huffhash.Inputs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that {@code spark-submit} runs. */
@SuppressWarnings("NullAway.Init")
class MainTest {
    @TempDir Path folder;
    private final PrintStream before = System.err;

    @AfterEach
    void restore() {
        System.setErr(before);
        List.of("spark.master", "spark.ui.enabled", "spark.ui.consoleProgress.update.interval")
                .forEach(System::clearProperty);
    }

    @Test
    void aJobShowsItsProgress() throws Exception {
        byte[] content = Inputs.lines(Inputs.random(), 40_000_000, 100, "\n");
        Path file = Inputs.file(folder, "data", content);
        System.setProperty("spark.master", "local[1]");
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.ui.consoleProgress.update.interval", "20");
        var printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        Main.main(new String[] {"compress", "--seekable=64K", "--part-size=64K", file.toString()});
        // Spark waits for half a second before it shows how many tasks have ended and are running
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("\\[Stage 0:=*>? *\\([0-9]+ \\+ 1\\) / 611\\]");
        assertThat(
                        Huffhash.decompress(
                                Files.readAllBytes(folder.resolve("data.zst")), content.length))
                .isEqualTo(content);
    }
}
