package io.github.huffhash.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.github.huffhash.run.RunStatistics.WorkerStatistics;
import java.util.List;

/** Reports as JSON, one object a line. The records' component names are the names in the output. */
public final class Json {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private Json() {}

    private record Run(
            String file,
            String mode,
            long bytes,
            long blocks,
            int blockSize,
            long signature,
            long wallNanos,
            long cpuNanos,
            long lockAcquisitions,
            long contendedAcquisitions,
            long lockWaitNanos,
            long heapPeakBytes,
            long poolAllocations,
            long poolFallbacks,
            int workers,
            List<WorkerStatistics> perWorker) {
        static Run of(RunReport report) {
            var statistics = report.statistics();
            var heap = report.heap();
            return new Run(
                    report.file(),
                    report.mode().label(),
                    statistics.bytes(),
                    statistics.blocks(),
                    report.blockSize(),
                    report.signature(),
                    report.wallNanos(),
                    report.cpuNanos(),
                    heap.lockAcquisitions(),
                    heap.contendedAcquisitions(),
                    heap.lockWaitNanos(),
                    report.heapPeakBytes(),
                    heap.cacheHits(),
                    heap.cacheMisses(),
                    statistics.workers(),
                    statistics.perWorker());
        }
    }

    private record Compared(
            Run median, double speedup, double megabytesPerSecond, List<Long> wallNanos) {}

    private record Comparing(String file, int runs, boolean agree, List<Compared> modes) {}

    /** One run. */
    public static String of(RunReport report) {
        return GSON.toJson(Run.of(report));
    }

    /** What is known of a compressed file; what is not known is left out. */
    public static String of(Listing listing) {
        var object = new JsonObject();
        object.addProperty("file", listing.file());
        object.addProperty("frames", listing.frames());
        object.addProperty("skippableFrames", listing.skippableFrames());
        object.addProperty("compressedBytes", listing.compressedBytes());
        if (listing.uncompressedBytes().isPresent()) {
            long bytes = listing.uncompressedBytes().getAsLong();
            object.addProperty("uncompressedBytes", bytes);
            object.addProperty("ratio", listing.ratio(bytes));
        }
        object.addProperty("check", listing.check());
        return GSON.toJson(object);
    }

    /** A record with components of its own. */
    public static String of(Record report) {
        return GSON.toJson(report);
    }

    /** A comparison: the median run of each mode, and the wall times of all its runs. */
    public static String of(Comparison comparison) {
        List<Compared> modes =
                comparison.modes().stream()
                        .map(mode ->
                                new Compared(
                                        Run.of(mode.median()),
                                        comparison.speedUp(mode),
                                        mode.median().megabytesPerSecond(),
                                        mode.runs().stream().map(RunReport::wallNanos).toList()))
                        .toList();
        return GSON.toJson(
                new Comparing(
                        comparison.file(),
                        comparison.modes().getFirst().runs().size(),
                        comparison.agrees(),
                        modes));
    }
}
