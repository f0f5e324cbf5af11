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
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how many splits Spark uses for a text in several formats, and how long the fastest of some
 * runs takes.
 */
@Tag("soak")
class ReadTimesTest {
    private static final int COPIES = 20;
    private static final int ROUNDS = 5;

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

    /** A format, and the least times so far. */
    private static final class Format {
        final String label;
        final Path file;
        final Map<String, String> options;
        double seconds = Double.MAX_VALUE;
        double cpuSeconds = Double.MAX_VALUE;
        double longestTask = Double.MAX_VALUE;

        Format(String label, Path file, boolean codec) {
            this.label = label;
            this.file = file;
            options =
                    codec
                            ? Map.of("io.compression.codecs", HuffhashCodec.class.getName())
                            : Map.of();
        }

        Row read(SparkSession spark, TaskTimes times) throws Exception {
            times.begin();
            long began = System.nanoTime();
            Row row = rows(spark).selectExpr("count(*)", "sum(crc32(value))").first();
            seconds = Math.min(seconds, (System.nanoTime() - began) / 1e9);
            spark.sparkContext().listenerBus().waitUntilEmpty();
            cpuSeconds = Math.min(cpuSeconds, times.all / 1e9);
            longestTask = Math.min(longestTask, times.longest / 1e9);
            return row;
        }

        Dataset<Row> rows(SparkSession spark) {
            return spark.read().options(options).text(file.toString());
        }
    }

    /** Processor time of tasks: it depends less than wall time on what else the machine does. */
    private static final class TaskTimes extends SparkListener {
        volatile long all;
        volatile long longest;

        void begin() {
            all = 0;
            longest = 0;
        }

        @Override
        public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
            long nanos = end.taskMetrics().executorCpuTime();
            all += nanos;
            longest = Math.max(longest, nanos);
        }
    }

    @Test
    void theSplitsAndTimesOfFormats() throws Exception {
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
        List<Format> formats =
                List.of(
                        new Format("plain", plain, false),
                        new Format("seekable .zst, HuffhashCodec", zst, true),
                        new Format("seekable .zst, Spark's codec", zst, false),
                        new Format("zstd -3, Spark's codec", stock, false),
                        new Format("zstd -3, HuffhashCodec", stock, true),
                        new Format("gzip, Hadoop's codec", gzip, false));
        try (SparkSession spark =
                SparkSession.builder()
                        .config(SparkHome.configuration("local[2]"))
                        .config("spark.sql.files.maxPartitionBytes", "16m")
                        .getOrCreate()) {
            var times = new TaskTimes();
            spark.sparkContext().addSparkListener(times);
            Row expected = formats.get(0).read(spark, times);
            for (int round = 0; round < ROUNDS; round++) {
                for (Format format : formats) {
                    assertThat(format.read(spark, times)).as(format.label).isEqualTo(expected);
                }
            }
            for (Format format : formats) {
                System.out.printf(
                        "%-30s %4.0f MB %3d splits %5.1f s  CPU %5.1f s, longest task %5.1f s%n",
                        format.label,
                        Files.size(format.file) / 1e6,
                        format.rows(spark).javaRDD().getNumPartitions(),
                        format.seconds,
                        format.cpuSeconds,
                        format.longestTask);
            }
        }
    }
}
