package io.github.huffhash.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.github.huffhash.Huffhash;
import io.github.huffhash.Inputs;
import io.github.huffhash.hadoop.HuffhashCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark reads compressed files in splits, row for row as it reads plain ones, and writes them. */
@SuppressWarnings("NullAway.Init")
class SparkReadTest {
    private static final List<String> SPLITS = List.of("100m", "300k", "64k", "50k", "20k", "7k");
    private static final String CODEC = HuffhashCodec.class.getName();

    private static SparkSession spark;
    @TempDir Path folder;
    private final Random random = Inputs.random();

    @BeforeAll
    static void start() throws IOException {
        spark =
                SparkSession.builder()
                        .config(SparkHome.configuration("local[2]"))
                        .config("spark.hadoop.io.compression.codecs", CODEC)
                        .config("spark.hadoop." + HuffhashCodec.FRAME_SIZE, "64K")
                        .config("spark.sql.files.openCostInBytes", "0")
                        .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** Rows, and the sums of their CRC-32 and length. */
    private static Row sums(Dataset<Row> rows) {
        String row = "to_json(struct(*))";
        return rows.selectExpr(
                        "count(*)",
                        "sum(crc32(%s))".formatted(row),
                        "sum(length(%s))".formatted(row))
                .first();
    }

    private void assertSameRows(String format, String name, byte[] content) throws IOException {
        Path plain = Inputs.file(folder, name, content);
        Path file = Inputs.file(folder, name + ".zst", Inputs.seekable(content));
        var reader = spark.read().format(format);
        if (!format.equals("text")) {
            reader = reader.schema("id long, text string");
        }
        Row expected = sums(reader.load(plain.toString()));
        assertThat(expected.getLong(0)).isGreaterThan(1000);
        List<Integer> partitions = new ArrayList<>();
        for (String split : SPLITS) {
            spark.conf().set("spark.sql.files.maxPartitionBytes", split);
            Dataset<Row> rows = reader.load(file.toString());
            assertThat(sums(rows)).as("splits of %s", split).isEqualTo(expected);
            partitions.add(rows.javaRDD().getNumPartitions());
        }
        assertThat(partitions).isSorted();
        assertThat(partitions.get(4)).isGreaterThan(10);
    }

    @Test
    void textHasTheSameRowsHoweverItIsSplit() throws IOException {
        assertSameRows("text", "text", Inputs.lines(random, 1_000_000, 90, "\n", "\r\n", "\r"));
        assertSameRows("text", "long", withLongLines());
    }

    /** Lines longer than several frames among many short ones. */
    private byte[] withLongLines() {
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < 5; i++) {
            all.writeBytes(Inputs.lines(random, 20_000, 60, "\n"));
            all.writeBytes(Inputs.lines(random, 250_000, 250_000, "\n"));
        }
        return all.toByteArray();
    }

    @Test
    void csvAndJsonHaveTheSameRowsHoweverTheyAreSplit() throws IOException {
        var csv = new StringBuilder();
        var json = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            String text = Long.toString(random.nextLong(), 36);
            csv.append(i).append(',').append(text).append('\n');
            json.append("{\"id\":%d,\"text\":\"%s\"}%n".formatted(i, text));
        }
        assertSameRows("csv", "rows.csv", csv.toString().getBytes(StandardCharsets.UTF_8));
        assertSameRows("json", "rows.json", json.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aWholeTextIsWhole() throws IOException {
        byte[] content = Inputs.lines(random, 5_000_000, 100, "\n");
        var crc = new CRC32();
        crc.update(content);
        Path one = Inputs.file(folder, "one.zst", Huffhash.compress(content));
        Path many = Inputs.file(folder, "many.zst", Inputs.seekable(content));
        for (Path file : List.of(one, many)) {
            Row row =
                    spark.read()
                            .option("wholetext", "true")
                            .text(file.toString())
                            .selectExpr("length(value)", "crc32(value)")
                            .first();
            assertThat(row.getInt(0)).isEqualTo(content.length);
            assertThat(row.getLong(1)).isEqualTo(crc.getValue());
        }
    }

    @Test
    void textFilesOfTheOldInterfaceAreSplitToo() throws IOException {
        byte[] content = Inputs.lines(random, 1_000_000, 100, "\n", "\r\n");
        Path plain = Inputs.file(folder, "a", content);
        Path file = Inputs.file(folder, "a.zst", Inputs.seekable(content));
        var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        List<String> expected = context.textFile(plain.toString(), 1).collect();
        for (int splits : new int[] {1, 2, 7, 20, 50}) {
            var lines = context.textFile(file.toString(), splits);
            assertThat(lines.getNumPartitions()).isGreaterThanOrEqualTo(splits);
            assertThat(lines.collect().equals(expected)).as("%d splits", splits).isTrue();
        }
    }

    @Test
    void whatSparkWritesIsSeekableAndReadByOthers() throws IOException {
        byte[] content = Inputs.lines(random, 1_000_000, 100, "\n");
        Path plain = Inputs.file(folder, "a", content);
        Path out = folder.resolve("out");
        spark.conf().set("spark.sql.files.maxPartitionBytes", "100m");
        spark.read()
                .text(plain.toString())
                .coalesce(1)
                .write()
                .option("compression", CODEC)
                .text(out.toString());
        try (var files = Files.list(out)) {
            Path part =
                    files.filter(file -> file.toString().endsWith(".zst"))
                            .findFirst()
                            .orElseThrow();
            byte[] bytes = Files.readAllBytes(part);
            assertThat(bytes).isEqualTo(Inputs.seekable(content));
            assertThat(Zstd.decompress(bytes, content.length)).isEqualTo(content);
        }
    }

    @Test
    void damageFailsTheQueryAndNamesFileAndOffset() throws IOException {
        byte[] content = Inputs.lines(random, 1_000_000, 100, "\n");
        byte[] good = Inputs.seekable(content);
        byte[] bad = good.clone();
        bad[good.length / 2] ^= 4;
        byte[] cut = Arrays.copyOf(good, good.length / 2);
        spark.conf().set("spark.sql.files.maxPartitionBytes", "50k");
        for (byte[] file : List.of(bad, cut)) {
            Path path = Inputs.file(folder, "bad.zst", file);
            assertThatThrownBy(() -> spark.read().text(path.toString()).collectAsList())
                    .satisfies(e -> {
                        String all = allMessages(e);
                        assertThat(all).contains("bad.zst").containsPattern("offset [0-9]+: ");
                    });
        }
    }

    private static String allMessages(Throwable failure) {
        var all = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append('\n');
        }
        return all.toString();
    }
}
