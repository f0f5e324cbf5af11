package io.github.huffhash.spark;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.FileAssembler;
import io.github.huffhash.SeekTable;
import io.github.huffhash.UnitCompressor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;

/**
 * Compresses files, each to one seekable file, the one that {@code huffhash compress --seekable}
 * makes. Tasks write frames; the driver adds the table of all of them.
 */
final class CompressJob {
    private static final String SUFFIX = ".zst";

    /** Bytes of units that are read at once. */
    private static final int UNIT_BYTES = CompressOptions.MAX_UNIT_BYTES;

    private CompressJob() {}

    /** What a task made: frames, and where they are in the part. */
    private record Compressed(Output.Part part, SeekTable table) implements Serializable {}

    static void run(Options options, Cluster cluster) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Source source : Source.of(options.files(), cluster.configuration())) {
            if (!source.relative().endsWith(SUFFIX)) {
                sources.add(source);
            } else if (!source.inFolder()) {
                throw source.failure("already ends in .zst");
            }
        }
        try (var outputs =
                new Outputs(sources, options, name -> name + SUFFIX, cluster.configuration())) {
            String[] folders = outputs.folders();
            int frameBytes = options.frameBytes();
            var ranges = Cluster.ranges(sources, options.partBytes(), frameBytes);
            List<Compressed> parts =
                    cluster.run(
                            ranges,
                            (range, configuration) ->
                                    part(range, folders[range.file()], frameBytes, configuration));
            int from = 0;
            for (int file = 0; file < sources.size(); file++) {
                int to = from;
                while (to < ranges.size() && ranges.get(to).file() == file) {
                    to++;
                }
                publish(parts.subList(from, to), outputs.get(file));
                from = to;
            }
        }
    }

    private static void publish(List<Compressed> parts, Output output) throws IOException {
        var table = SeekTable.join(parts.stream().map(Compressed::table).toList());
        output.publish(parts.stream().map(Compressed::part).toList(), table.toBytes());
    }

    private static Compressed part(
            Cluster.Range range, String folder, int frameBytes, Configuration configuration)
            throws IOException {
        Source source = range.source();
        FileSystem files = source.toPath().getFileSystem(configuration);
        var options = CompressOptions.DEFAULT.seekable(frameBytes);
        List<SeekTable> table = new ArrayList<>();
        Output.Part part =
                Output.write(
                        folder,
                        range.index(),
                        configuration,
                        out -> {
                            try (FSDataInputStream in = files.open(source.toPath())) {
                                in.seek(range.offset());
                                table.add(compress(in, range, options, out));
                            }
                            source.requireUnchanged(files);
                        });
        return new Compressed(part, table.get(0));
    }

    private static SeekTable compress(
            FSDataInputStream in, Cluster.Range range, CompressOptions options, OutputStream out)
            throws IOException {
        var assembler = new FileAssembler(out, options, OptionalLong.of(range.length()));
        var compressor = new UnitCompressor();
        byte[] content = new byte[UNIT_BYTES];
        byte[] blocks = new byte[UnitCompressor.maxCompressedBytes(UNIT_BYTES)];
        for (long left = range.length(); left > 0; ) {
            int length = (int) Math.min(left, assembler.unitRest());
            if (in.readNBytes(content, 0, length) < length) {
                throw range.source().failure("became shorter while it was read");
            }
            assembler.content(content, 0, length);
            assembler.add(blocks, 0, compressor.compress(content, 0, length, blocks, 0), length);
            left -= length;
        }
        return assembler.finishPart();
    }
}
