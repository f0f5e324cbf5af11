package io.github.huffhash.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.Inputs;
import java.io.FileNotFoundException;
import java.io.IOException;
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
    }
}
