package io.github.huffhash.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.github.huffhash.CompressOptions;
import io.github.huffhash.HuffhashOutputStream;
import io.github.huffhash.Inputs;
import io.github.huffhash.Workers;
import io.github.huffhash.hadoop.HuffhashCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints how many splits Spark uses for a text in several formats, and how long it takes. */
@Tag("soak")
class ReadTimesTest {
    private static final int COPIES = 40;

    @TempDir Path folder;

    @FunctionalInterface
    private interface Compression {
        OutputStream to(OutputStream out) throws IOException;
    }

    private Path write(String name, byte[] content, Compression compression) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = compression.to(Files.newOutputStream(file))) {
            for (int i = 0; i < COPIES; i++) {
                out.write(content);
            }
        }
        return file;
    }

    private static void measure(String label, Path file, boolean codec) throws IOException {
        var builder = SparkSession.builder().config(SparkHome.configuration("local[2]"));
        if (codec) {
            builder.config("spark.hadoop.io.compression.codecs", HuffhashCodec.class.getName());
        }
        builder.config("spark.sql.files.maxPartitionBytes", "16m");
        try (SparkSession spark = builder.getOrCreate()) {
            var rows = spark.read().text(file.toString());
            int splits = rows.javaRDD().getNumPartitions();
            Row first = count(rows);
            long began = System.nanoTime();
            Row second = count(rows);
            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(second).isEqualTo(first);
            System.out.printf(
                    "%-28s %5.0f MB %3d splits %5.1f s  %s%n",
                    label, Files.size(file) / 1e6, splits, seconds, second);
        }
    }

    private static Row count(Dataset<Row> rows) {
        return rows.selectExpr("count(*)", "sum(crc32(value))").first();
    }

    @Test
    void theSplitsAndTimesOfFormats() throws IOException {
        byte[] content = Inputs.lines(Inputs.random(), 10_000_000, 100, "\n");
        var seekable = CompressOptions.DEFAULT.seekable(4 << 20);
        Path plain = write("plain", content, out -> out);
        Path zst =
                write(
                        "seekable.zst",
                        content,
                        out -> new HuffhashOutputStream(out, seekable, Workers.CALLER));
        Path stock = write("stock.zst", content, ZstdOutputStream::new);
        Path gzip = write("a.gz", content, GZIPOutputStream::new);
        measure("plain", plain, false);
        measure("seekable .zst, HuffhashCodec", zst, true);
        measure("stock .zst, Spark's codec", stock, false);
        measure("stock .zst, HuffhashCodec", stock, true);
        measure("gzip", gzip, false);
    }
}
