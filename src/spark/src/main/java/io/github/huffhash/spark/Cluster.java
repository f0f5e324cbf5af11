package io.github.huffhash.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Runs tasks on the executors, each where its bytes are if possible. */
final class Cluster {
    /** The most parts of a file: HDFS lets a file have 10,000 blocks, and each part has its own. */
    private static final long MAX_PARTS = 4096;

    private static final int MAX_HOSTS = 3;

    private final JavaSparkContext spark;
    private final Broadcast<SerializableConfiguration> configuration;

    Cluster(JavaSparkContext spark) {
        this.spark = spark;
        configuration = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    }

    /**
     * What a task works on.
     *
     * @param source the file
     * @param file the number of the file
     * @param index the number of the task, of those for this file
     * @param offset where in the file its bytes begin
     * @param length how many there are
     */
    record Range(Source source, int file, int index, long offset, long length)
            implements Serializable {}

    /** The work of a task; the same for all, and sent to the executors. */
    @FunctionalInterface
    interface Work<R> extends Serializable {
        R on(Range range, Configuration configuration) throws Exception;
    }

    Configuration configuration() {
        return spark.hadoopConfiguration();
    }

    /** Gives all executors a value. */
    <T> Broadcast<T> send(T value) {
        return spark.broadcast(value);
    }

    /** How many bytes of {@code total} a task works on: about {@code wanted}, whole units. */
    static long partBytes(long total, long wanted, long unitBytes) {
        long bytes = Math.max(wanted, (total + MAX_PARTS - 1) / MAX_PARTS);
        return Math.max(1, (bytes + unitBytes - 1) / unitBytes) * unitBytes;
    }

    /** Cuts files into ranges of whole units; an empty file is one empty range. */
    static List<Range> ranges(List<Source> sources, long wantedBytes, long unitBytes) {
        List<Range> ranges = new ArrayList<>();
        for (int file = 0; file < sources.size(); file++) {
            Source source = sources.get(file);
            long partBytes = partBytes(source.bytes(), wantedBytes, unitBytes);
            int index = 0;
            long at = 0;
            do {
                long length = Math.min(partBytes, source.bytes() - at);
                ranges.add(new Range(source, file, index++, at, length));
                at += length;
            } while (at < source.bytes());
        }
        return ranges;
    }

    /** Runs a task for each range and returns their results in the same order. */
    <R> List<R> run(List<Range> ranges, Work<R> work) throws IOException {
        List<Tuple2<Range, Seq<String>>> tasks = new ArrayList<>();
        Map<Source, BlockLocation[]> locations = new HashMap<>();
        for (Range range : ranges) {
            BlockLocation[] blocks = locations.get(range.source());
            if (blocks == null) {
                blocks = blocks(range.source());
                locations.put(range.source(), blocks);
            }
            tasks.add(
                    new Tuple2<>(
                            range, CollectionConverters.asScala(hosts(range, blocks)).toSeq()));
        }
        ClassTag<Range> type = ClassTag$.MODULE$.apply(Range.class);
        var all = spark.sc().makeRDD(CollectionConverters.asScala(tasks).toSeq(), type);
        Broadcast<SerializableConfiguration> sent = configuration;
        return JavaRDD.fromRDD(all, type)
                .map(range -> work.on(range, sent.value().value()))
                .collect();
    }

    private BlockLocation[] blocks(Source source) throws IOException {
        FileSystem files = source.toPath().getFileSystem(configuration());
        return files.getFileBlockLocations(source.toPath(), 0, source.bytes());
    }

    /** The hosts that have the most bytes of a range. */
    private static List<String> hosts(Range range, BlockLocation[] blocks) throws IOException {
        Map<String, Long> bytes = new HashMap<>();
        long end = range.offset() + range.length();
        for (BlockLocation block : blocks) {
            long from = Math.max(range.offset(), block.getOffset());
            long common = Math.min(end, block.getOffset() + block.getLength()) - from;
            for (String host : block.getHosts()) {
                if (common > 0 && !host.equals("localhost")) {
                    bytes.merge(host, common, Long::sum);
                }
            }
        }
        return bytes.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MAX_HOSTS)
                .map(Map.Entry::getKey)
                .toList();
    }
}
