package io.github.huffhash.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.Inputs;
import io.github.huffhash.Signature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the jobs do on any master and file system: the library's results, which are the tool's, and
 * nothing else in the folders.
 */
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JobsContract {
    /** Lengths that are no multiples, and an empty file. */
    private static final int[] LENGTHS = {0, 1, 1024, 1_000_003, 3_000_000};

    final Random random = Inputs.random();

    @TempDir java.nio.file.Path temporary;
    private JavaSparkContext spark;

    @BeforeAll
    final void startSpark() throws IOException {
        spark = SparkHome.context(master());
    }

    @AfterAll
    final void stopSpark() {
        spark.close();
    }

    String master() {
        return "local[2]";
    }

    final JavaSparkContext spark() {
        return spark;
    }

    /** A new folder for the files of a test. */
    Path folder() {
        return new Path(temporary.toUri());
    }

    final FileSystem files() throws IOException {
        return folder().getFileSystem(spark.hadoopConfiguration());
    }

    /** Runs a job, with small parts, and returns what it prints. */
    final String run(String... arguments) throws IOException {
        var printed = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(1, "--part-size=300K");
        Options options = Options.parse(all.toArray(String[]::new));
        Main.run(options, spark, new PrintStream(printed, true, StandardCharsets.UTF_8));
        return printed.toString(StandardCharsets.UTF_8);
    }

    final Path write(String name, byte[] content) throws IOException {
        Path path = new Path(folder(), name);
        try (OutputStream out = files().create(path, true)) {
            out.write(content);
        }
        return path;
    }

    final byte[] read(Path path) throws IOException {
        try (InputStream in = files().open(path)) {
            return in.readAllBytes();
        }
    }

    /** The names of all files of the test's folder, hidden ones too, but Hadoop's checksums. */
    final List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        addNames(folder(), "", names);
        return names;
    }

    private void addNames(Path parent, String prefix, List<String> names) throws IOException {
        for (FileStatus child : files().listStatus(parent)) {
            String name = prefix + child.getPath().getName();
            names.add(name);
            if (child.isDirectory()) {
                addNames(child.getPath(), name + "/", names);
            }
        }
    }

    private static CompressOptions seekable(int frameBytes) {
        return CompressOptions.DEFAULT.seekable(frameBytes);
    }

    @Test
    void filesOfAllLengthsAreSignedCompressedAndDecompressed() throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        for (int length : LENGTHS) {
            byte[] content = Arrays.copyOf(Inputs.lines(random, length, 100, "\n"), length);
            contents.put("in/" + (length % 2 == 0 ? "even/" : "") + length, content);
        }
        StringBuilder signatures = new StringBuilder();
        for (var file : contents.entrySet()) {
            write(file.getKey(), file.getValue());
            Signature signature = Signature.of(file.getValue(), 0, file.getValue().length, 1024);
            signatures.append("Final signature: " + signature + "  " + folder());
            signatures.append("/" + file.getKey() + "\n");
        }
        write("in/_SUCCESS", new byte[0]);
        String in = folder() + "/in";
        assertThat(run("sign", in).lines())
                .containsExactlyInAnyOrderElementsOf(signatures.toString().lines().toList());

        run("compress", "--seekable=64K", "-o", folder() + "/packed", in);
        run("decompress", "-o", folder() + "/out", folder() + "/packed");
        for (var file : contents.entrySet()) {
            String name = file.getKey().substring(3);
            assertThat(read(new Path(folder(), "packed/" + name + ".zst")))
                    .isEqualTo(Huffhash.compress(file.getValue(), seekable(64 << 10)));
            assertThat(read(new Path(folder(), "out/" + name))).isEqualTo(file.getValue());
        }
        assertThat(names()).hasSize(3 * (LENGTHS.length + 2) + 1);
    }

    @Test
    void aFileGetsItsNeighboursName() throws IOException {
        byte[] content = Inputs.lines(random, 2_500_001, 100, "\n");
        Path file = write("data", content);
        Path compressed = file.suffix(".zst");
        run("compress", file.toString());
        assertThat(read(compressed)).isEqualTo(Huffhash.compress(content, seekable(1 << 20)));
        assertThatThrownBy(() -> run("compress", file.toString()))
                .hasMessageContaining("data.zst: already exists; -f replaces it");
        assertThatThrownBy(() -> run("decompress", compressed.toString()))
                .hasMessageContaining("data: already exists; -f replaces it");
        write("data", Arrays.copyOf(content, 1000));
        run("decompress", "-f", compressed.toString());
        assertThat(read(file)).isEqualTo(content);
        run("compress", "-f", "--seekable=2M", file.toString());
        assertThat(read(compressed)).isEqualTo(Huffhash.compress(content, seekable(2 << 20)));
        assertThat(run("sign", "--block-size=1000", file.toString()))
                .isEqualTo(
                        "Final signature: %s%n"
                                .formatted(Signature.of(content, 0, content.length, 1000)));
        assertThat(names()).containsExactlyInAnyOrder("data", "data.zst");
    }

    @Test
    void aDamagedFileFailsTheJobWithNameAndOffsetAndLeavesNothing() throws IOException {
        byte[] content = Inputs.lines(random, 1_000_000, 100, "\n");
        byte[] file = Inputs.seekable(content);
        byte[] flipped = file.clone();
        flipped[file.length / 2] ^= 1;
        byte[] lie = file.clone();
        lie[file.length - 9 - 12 * 5 + 4] ^= 1; // the content's size of a frame
        byte[] cut = Arrays.copyOf(file, file.length / 2);
        for (byte[] bad : List.of(flipped, lie, cut)) {
            Path path = write("bad.zst", bad);
            assertThatThrownBy(() -> run("decompress", path.toString()))
                    .satisfies(e ->
                            assertThat(Main.message(e)).matches(".*/bad\\.zst: offset [0-9]+: .*"));
            assertThat(names()).containsExactly("bad.zst");
        }
    }
}
