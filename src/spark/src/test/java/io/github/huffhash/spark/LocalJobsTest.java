package io.github.huffhash.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.Inputs;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** The jobs in one JVM, on local files. */
class LocalJobsTest extends JobsContract {
    @Test
    void filesWithoutATableAreDecompressedToo() throws IOException {
        byte[] content = Inputs.lines(random, 1_000_000, 100, "\n");
        Path one = write("one", Huffhash.compress(content));
        assertThatThrownBy(() -> run("decompress", one.toString()))
                .hasMessageContaining("one: unknown suffix: use -o");
        run("decompress", "-o", folder() + "/content", one.toString());
        assertThat(read(new Path(folder(), "content"))).isEqualTo(content);
    }

    @Test
    void aFileThatHasChangedIsNoticed() throws IOException {
        Path path = write("data", Inputs.lines(random, 1_000_000, 100, "\n"));
        Source source = Source.of(List.of(path.toString()), spark().hadoopConfiguration()).get(0);
        source.requireUnchanged(files());
        write("data", new byte[1_000]);
        assertThatThrownBy(() -> source.requireUnchanged(files()))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("data: changed while it was read");
    }

    @Test
    void wrongArgumentsAreALine() throws IOException {
        String[][] wrong = {
            {},
            {"sign"},
            {"explode", "a"},
            {"sign", "-f", "a"},
            {"sign", "--block-size=2M", "a"},
            {"compress", "--seekable=9M", "a"},
            {"compress", "--seekable=x", "a"},
            {"compress", "--seekable=17179869185G", "a"}, // 2^64 bytes and 1G
            {"sign", "--part-size=17179869185G", "a"},
            {"compress", "-o"},
        };
        for (String[] arguments : wrong) {
            assertThatThrownBy(() -> Options.parse(arguments))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Options.parse("compress", "--seekable=4m", "a").frameBytes()).isEqualTo(4 << 20);
        assertThat(Options.parse("compress", "a").frameBytes())
                .isGreaterThan(CompressOptions.MIN_FRAME_BYTES);
        assertThatThrownBy(() -> run("sign", folder() + "/none"))
                .isInstanceOf(FileNotFoundException.class)
                .satisfies(e -> assertThat(Main.message(e)).contains("none does not exist"));
    }

    @Test
    void outputsThatWouldHaveOnePlaceAreRefused() throws IOException {
        Path a = write("a/x", new byte[1]);
        Path b = write("b/x", new byte[1]);
        String out = folder() + "/out";
        assertThatThrownBy(() -> run("compress", "-o", out, a.toString(), b.toString()))
                .hasMessageContaining("another file of this job");
        assertThatThrownBy(() -> run("compress", "-f", "-o", a.toString(), a.toString()))
                .hasMessageContaining("another file of this job");
        assertThat(read(a)).hasSize(1);
        assertThat(names()).containsExactlyInAnyOrder("a", "a/x", "b", "b/x", "out");
    }

    @Test
    void largeFilesHaveALimitedNumberOfParts() {
        long part = 64 << 20;
        assertThat(Cluster.partBytes(1L << 30, part, 1 << 20)).isEqualTo(part);
        assertThat((10L << 40) / Cluster.partBytes(10L << 40, part, 1 << 20))
                .isBetween(4000L, 4096L);
        assertThat(Cluster.partBytes(100, 1, 1000)).isEqualTo(1000);
        long uneven = 4096 * part + 1;
        assertThat(Cluster.partBytes(uneven, part, 1)).isGreaterThan(part);
        assertThat(Cluster.ranges(List.of(source(uneven)), part, 1 << 20)).hasSizeLessThan(4097);
    }

    private static Source source(long bytes) {
        return new Source("a", "a", false, "file:/a", bytes, 0);
    }

    @Test
    void namesMayHaveAnyCharacters() throws IOException {
        byte[] content = Inputs.lines(random, 1_000_000, 100, "\n");
        List<String> names = List.of("12.30 50%20.log", "sub:folder/a#b?[c]{d}*", "-x");
        for (String name : names) {
            java.nio.file.Path file = temporary.resolve("in").resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
        run("compress", "-o", folder() + "/packed", folder() + "/in");
        run("decompress", "-o", folder() + "/out", folder() + "/packed");
        for (String name : names) {
            assertThat(temporary.resolve("out").resolve(name)).hasBinaryContent(content);
        }
        String one = folder() + "/in/" + names.get(0);
        run("compress", one);
        assertThat(temporary.resolve("in").resolve(names.get(0) + ".zst")).exists();
        run("compress", "-o", folder() + "/packed", "-f", one);
        run("decompress", "-f", one + ".zst");
        assertThat(temporary.resolve("in").resolve(names.get(0))).hasBinaryContent(content);
    }
}
