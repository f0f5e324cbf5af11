package io.github.huffhash.spark;

import io.github.huffhash.Signature;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;

/** Signatures of files: ranges are signed anywhere, and added up. */
final class SignJob {
    private static final int BUFFER_BYTES = 1 << 20;

    private SignJob() {}

    /** Prints what {@code huffhash FILE...} prints. */
    static void run(Options options, Cluster cluster, PrintStream out) throws IOException {
        List<Source> sources = Source.of(options.files(), cluster.configuration());
        int blockBytes = options.blockBytes();
        var ranges = Cluster.ranges(sources, options.partBytes(), blockBytes);
        List<Signature> parts =
                cluster.run(
                        ranges, (range, configuration) -> sign(range, blockBytes, configuration));
        Signature[] signatures = new Signature[sources.size()];
        Arrays.fill(signatures, Signature.EMPTY);
        for (int i = 0; i < parts.size(); i++) {
            int file = ranges.get(i).file();
            signatures[file] = signatures[file].plus(parts.get(i));
        }
        for (int file = 0; file < signatures.length; file++) {
            Source source = sources.get(file);
            boolean named = options.files().size() > 1 || source.inFolder();
            String name = named ? "  " + source.name() : "";
            out.println("Final signature: " + signatures[file] + name);
        }
    }

    private static Signature sign(Cluster.Range range, int blockBytes, Configuration configuration)
            throws IOException {
        Source source = range.source();
        FileSystem files = source.toPath().getFileSystem(configuration);
        byte[] buffer = new byte[Math.max(1, BUFFER_BYTES / blockBytes) * blockBytes];
        Signature sum = Signature.EMPTY;
        try (FSDataInputStream in = files.open(source.toPath())) {
            in.seek(range.offset());
            for (long left = range.length(); left > 0; left -= buffer.length) {
                int length = (int) Math.min(left, buffer.length);
                if (in.readNBytes(buffer, 0, length) < length) {
                    throw source.failure("became shorter while it was read");
                }
                sum = sum.plus(Signature.of(buffer, 0, length, blockBytes));
            }
        }
        source.requireUnchanged(files);
        return sum;
    }
}
