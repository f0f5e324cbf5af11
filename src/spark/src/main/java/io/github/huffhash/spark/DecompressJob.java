package io.github.huffhash.spark;

import io.github.huffhash.HuffhashInputStream;
import io.github.huffhash.SeekTable;
import io.github.huffhash.hadoop.HadoopChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;

/**
 * Decompresses files. The frames of a file with a seek table are decompressed by many tasks;
 * another file is the work of one.
 */
final class DecompressJob {
    private static final String SUFFIX = ".zst";
    private static final int BUFFER_BYTES = 128 << 10;

    private DecompressJob() {}

    static void run(Options options, Cluster cluster) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Source source : Source.of(options.files(), cluster.configuration())) {
            if (source.relative().endsWith(SUFFIX)
                    || (!source.inFolder() && options.target().isPresent())) {
                sources.add(source);
            } else if (!source.inFolder()) {
                throw source.failure("unknown suffix: use -o");
            }
        }
        var configuration = cluster.configuration();
        try (var outputs =
                new Outputs(sources, options, DecompressJob::withoutSuffix, configuration)) {
            String[] folders = outputs.folders();
            Map<Integer, SeekTable> tables = new HashMap<>();
            List<Cluster.Range> ranges = new ArrayList<>();
            for (int file = 0; file < sources.size(); file++) {
                addRanges(sources.get(file), file, options, tables, ranges, configuration);
            }
            var sent = cluster.send(tables);
            List<Output.Part> parts =
                    cluster.run(
                            ranges,
                            (range, its) -> part(range, sent.value(), folders[range.file()], its));
            for (int file = 0; file < sources.size(); file++) {
                List<Output.Part> its = new ArrayList<>();
                for (int i = 0; i < parts.size(); i++) {
                    if (ranges.get(i).file() == file) {
                        its.add(parts.get(i));
                    }
                }
                outputs.get(file).publish(its, new byte[0]);
            }
        }
    }

    private static String withoutSuffix(String name) {
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /** Cuts a file into ranges of whole frames, if it has a table, or else into one. */
    private static void addRanges(
            Source source,
            int file,
            Options options,
            Map<Integer, SeekTable> tables,
            List<Cluster.Range> ranges,
            Configuration configuration)
            throws IOException {
        FileSystem files = source.toPath().getFileSystem(configuration);
        try (FSDataInputStream in = files.open(source.toPath())) {
            var channel = new HadoopChannel(in, source.bytes());
            SeekTable.read(channel).ifPresent(table -> tables.put(file, table));
        }
        SeekTable table = tables.get(file);
        if (table == null || table.frames() == 0) {
            tables.remove(file);
            ranges.add(new Cluster.Range(source, file, 0, 0, source.bytes()));
            return;
        }
        long partBytes = Cluster.partBytes(table.contentBytes(), options.partBytes(), 1);
        int index = 0;
        int first = 0;
        for (int frame = 0; frame < table.frames(); frame++) {
            long end = table.compressedOffset(frame) + table.compressedBytes(frame);
            long content = table.contentOffset(frame) + table.contentBytes(frame);
            if (content - table.contentOffset(first) >= partBytes || frame + 1 == table.frames()) {
                long start = table.compressedOffset(first);
                ranges.add(new Cluster.Range(source, file, index++, start, end - start));
                first = frame + 1;
            }
        }
    }

    private static Output.Part part(
            Cluster.Range range,
            Map<Integer, SeekTable> tables,
            String folder,
            Configuration configuration)
            throws IOException {
        Source source = range.source();
        FileSystem files = source.toPath().getFileSystem(configuration);
        return Output.write(
                folder,
                range.index(),
                configuration,
                out -> {
                    try (FSDataInputStream in = files.open(source.toPath())) {
                        SeekTable table = tables.get(range.file());
                        if (table == null) {
                            copy(new HuffhashInputStream(in), out);
                        } else {
                            decompress(in, table, range, out);
                        }
                    } catch (IOException e) {
                        throw new IOException(source.name() + ": " + e.getMessage(), e);
                    }
                    source.requireUnchanged(files);
                });
    }

    private static void decompress(
            FSDataInputStream in, SeekTable table, Cluster.Range range, OutputStream out)
            throws IOException {
        long end = range.offset() + range.length();
        int frame = table.firstFrameFrom(range.offset());
        while (frame < table.frames() && table.compressedOffset(frame) < end) {
            in.seek(table.compressedOffset(frame));
            copy(table.content(frame, in), out);
            frame++;
        }
    }

    private static void copy(InputStream content, OutputStream out) throws IOException {
        try (content) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                out.write(buffer, 0, count);
            }
        }
    }
}
