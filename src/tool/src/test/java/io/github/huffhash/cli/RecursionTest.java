package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Huffhash;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories, and outputs in one. */
class RecursionTest {
    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        folder.contents("top/one", "top/deep/deeper/two", "top/deep/-three", "top/.four");
    }

    private List<String> tree() throws Exception {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> path.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void filesInDirectoriesAreDoneWhereTheyAre() throws Exception {
        assertThat(folder.run("compress", "-r", "--rm", "top")).isEqualTo(printed());
        List<String> compressed =
                List.of(
                        "top/.four.zst",
                        "top/deep/-three.zst",
                        "top/deep/deeper/two.zst",
                        "top/one.zst");
        assertThat(tree()).isEqualTo(compressed);

        assertThat(folder.run("compress", "-r", "top")).isEqualTo(printed());
        assertThat(tree()).isEqualTo(compressed);

        assertThat(folder.run("decompress", "-r", "--rm", "top/")).isEqualTo(printed());
        assertThat(tree())
                .containsExactly("top/.four", "top/deep/-three", "top/deep/deeper/two", "top/one");
    }

    @Test
    void linksInDirectoriesAreLeftAlone() throws Exception {
        Files.createSymbolicLink(path.resolve("top/deep/up"), Path.of(".."));
        Files.createSymbolicLink(path.resolve("top/link"), Path.of("one"));
        Files.createSymbolicLink(path.resolve("start"), Path.of("top/deep/deeper"));

        assertThat(folder.run("compress", "-r", "start", "top/link")).isEqualTo(printed());
        assertThat(tree()).contains("top/deep/deeper/two.zst", "top/link.zst").hasSize(7);
        assertThat(folder.run("compress", "-r", "-f", "top")).isEqualTo(printed());
        assertThat(tree()).hasSize(10).doesNotContain("top/link.zst.zst");
    }

    @Test
    void allOutputsCanGoIntoOneDirectory() throws Exception {
        Files.createDirectory(path.resolve("out"));

        assertThat(folder.run("compress", "-r", "--output-dir-flat=out", "top"))
                .isEqualTo(printed());
        assertThat(new Folder(path.resolve("out")).names())
                .containsExactly("-three.zst", ".four.zst", "one.zst", "two.zst");
        Files.createDirectory(path.resolve("back"));
        assertThat(folder.run("decompress", "--output-dir-flat=back/", "out/one.zst"))
                .isEqualTo(printed());
        assertThat(folder.hasContent("back/one")).isTrue();
    }

    @Test
    void filesThatWouldGetTheSameNameAreRefusedBeforeAnythingIsDone() throws Exception {
        folder.contents("other/one");
        Files.createDirectory(path.resolve("out"));

        assertThat(folder.run("compress", "-r", "-f", "--output-dir-flat=out", "top", "other"))
                .isEqualTo(
                        failed(
                                "out/one.zst: would be the output of both top/one and"
                                        + " other/one"));
        assertThat(path.resolve("out")).isEmptyDirectory();
    }

    @Test
    void oneOutputDoesNotGoWithADirectoryOfFiles() throws Exception {
        assertThat(folder.run("compress", "-r", "-o", "out", "top"))
                .isEqualTo(failed("-o goes with one input; see huffhash compress --help"));
        assertThat(path.resolve("out")).doesNotExist();
    }

    @Test
    void unfinishedOutputsAreNoInputs() throws Exception {
        String unfinished = ".huffhash-" + "0123456789abcdef".repeat(2) + ".tmp";
        folder.contents("top/" + unfinished);
        try (var channel =
                        FileChannel.open(
                                path.resolve("top/" + unfinished), StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            assertThat(folder.run("compress", "-r", "--rm", "top")).isEqualTo(printed());
        }
        assertThat(folder.hasContent("top/" + unfinished)).isTrue();
        assertThat(folder.run("compress", "--rm", "top/" + unfinished))
                .isEqualTo(
                        failed(
                                "top/"
                                        + unfinished
                                        + ": is the unfinished output of a run of huffhash"));
        assertThat(folder.hasContent("top/" + unfinished)).isTrue();
    }

    @Test
    void moreDirectoriesThanThereAreDescriptorsCanBeNamed() throws Exception {
        Cli.Outcome outcome =
                folder.sh(
                        """
                        for i in $(seq 100); do mkdir d$i; echo $i >d$i/x; done
                        ulimit -n 64
                        huffhash compress -r --rm d[0-9]*
                        """);

        assertThat(outcome).isEqualTo(printed());
        assertThat(tree()).filteredOn(name -> name.endsWith("/x.zst")).hasSize(100);
    }

    /** A few less than it takes are enough to open the file, but not to look at what was opened. */
    @Test
    void wantOfDescriptorsIsNotTakenForAFileThatWasReplaced() throws Exception {
        Cli.Outcome outcome =
                folder.sh(
                        """
                        with() { (ulimit -n $1; huffhash compress -c top/one >out) }
                        n=12
                        until with $n; do n=$((n + 4)); done
                        for less in 1 2 3 4 5 6; do with $((n - less)); done
                        """);

        assertThat(outcome.err()).doesNotContain("replaced");
        assertThat(outcome.err()).contains("top/one: Too many open files");
    }

    /** Deeper than descriptors, or the stack, would do for all directories around a file. */
    @Test
    void filesAreDoneHoweverDeepTheyAre() throws Exception {
        String deep = "deep" + "/d".repeat(1500);

        Cli.Outcome outcome =
                folder.sh(
                        "mkdir -p $1 && echo x >$1/x && (ulimit -n 64; huffhash compress -r deep"
                                + " top) && cat $1/x.zst | huffhash -d; rm -r deep",
                        deep);
        assertThat(outcome).isEqualTo(printed("x"));
        assertThat(tree()).contains("top/one.zst", "top/deep/deeper/two.zst");
    }

    @Test
    void ofManySmallFilesEachFailureIsToldInTurnAndTheOthersAreDone() throws Exception {
        Files.createDirectory(path.resolve("many"));
        StringBuilder failures = new StringBuilder();
        for (int i = 100; i < 400; i++) {
            Files.writeString(path.resolve("many/" + i), "content of " + i);
            if (i % 9 == 0) {
                Files.writeString(path.resolve("many/" + i + ".zst"), "mine");
                failures.append(
                                "huffhash: many/%d.zst: already exists; not overwritten"
                                        .formatted(i))
                        .append(" (-f overwrites)\n");
            }
        }

        Cli.Outcome outcome = folder.run("compress", "-r", "--rm", "-p8", "many");
        assertThat(outcome.err()).isEqualTo(failures.toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        for (int i = 100; i < 400; i++) {
            String there = i % 9 == 0 ? "mine" : null;
            assertThat(Files.exists(path.resolve("many/" + i))).isEqualTo(there != null);
            byte[] output = folder.read("many/" + i + ".zst");
            assertThat(new String(there == null ? Huffhash.decompress(output, 100) : output, UTF_8))
                    .isEqualTo(there == null ? "content of " + i : there);
        }
    }

    /** On several threads, either might come first. */
    @Test
    void ofInputsWithTheSameOutputTheFirstIsDone() throws Exception {
        Files.createDirectory(path.resolve("same"));
        for (int i = 0; i < 40; i++) {
            Files.write(path.resolve("same/" + i + ".zst"), Huffhash.compress(new byte[] {1}));
            Files.write(path.resolve("same/" + i + ".zstd"), Huffhash.compress(new byte[] {2}));
        }

        assertThat(folder.run("decompress", "-r", "-p8", "same").exitCode()).isEqualTo(1);
        for (int i = 0; i < 40; i++) {
            assertThat(folder.read("same/" + i)).containsExactly(1);
        }
    }
}
