package io.github.huffhash.lab;

import io.github.huffhash.io.Input;
import io.github.huffhash.lab.BenchmarkRun.Observer;
import io.github.huffhash.lab.Measurement.Sample;
import io.github.huffhash.lab.Profiler.AllocationProfile;
import io.github.huffhash.lab.Workload.Part;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.strategy.HeapKind;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.report.Report;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunSettings;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.SignatureWork;
import io.github.huffhash.run.ThreadRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures a workload with several allocators. After a warm-up they take turns in every round, with
 * each number of workers, so that other load on the machine affects all of them alike.
 */
public final class Lab {
    private static final int BLOCK_BYTES = 1024;
    private static final long LARGE_HEAP_BYTES = 64 << 20;

    private final LabSettings settings;
    private final Set<Long> signatures = new HashSet<>();

    /** A laboratory. */
    public Lab(LabSettings settings) {
        this.settings = settings;
    }

    /**
     * Measures a workload.
     *
     * @param file for {@link Workload#HUFFMAN} alone
     */
    public Report measure(Workload workload, String file) throws IOException {
        return switch (workload) {
            case LOOKUP -> Lookup.measure(settings.seed(), settings.rounds());
            case FAULTS -> Faults.measure(settings.strategies());
            case STARTUP -> Startup.measure(settings);
            case CHANNELS -> Channels.measure(settings, List.of(1, 16));
            case HUFFMAN -> measure(file);
            case LATENCY, CONTENTION, LARSON, TIERS -> measure(workload);
        };
    }

    /** Measures every part of a workload that replays traces. */
    LabReport measure(Workload workload) throws IOException {
        List<Measurement> rows = new ArrayList<>();
        for (Part part : workload.parts(settings)) {
            Map<HeapKind, TraceReplay> loops = new HashMap<>();
            rows.addAll(
                    measure(
                            part.title(),
                            (kind, workers) -> {
                                var loop = loops.computeIfAbsent(kind, _ -> TraceReplay.newCopy());
                                return replay(part, kind, workers, loop);
                            },
                            (kind, workers) -> Optional.of(profile(part, kind, workers))));
        }
        return new LabReport(workload.label(), settings, rows);
    }

    /** Measures the signature of a file in the threads mode. */
    private LabReport measure(String file) throws IOException {
        return new LabReport(
                "huffman, " + file,
                settings,
                measure(
                        "the signature of each block's tree",
                        (kind, workers) -> signature(file, kind, workers),
                        (_, _) -> Optional.empty()));
    }

    /** Whether all allocators led to the same signature. */
    public boolean signaturesAgree() {
        return signatures.size() == 1;
    }

    /** What is done with one allocator and one number of workers. */
    private interface Work<T> {
        T run(HeapKind kind, int workers) throws IOException;
    }

    private record Setup(HeapKind kind, int workers, Work<Sample> work)
            implements Rounds.Measured<Sample> {
        @Override
        public Sample run() throws IOException {
            return work.run(kind, workers);
        }

        @Override
        public double time(Sample sample) {
            return sample.operations() == 0 ? 0 : sample.nanosPerOperation();
        }
    }

    private List<Measurement> measure(
            String part, Work<Sample> work, Work<Optional<AllocationProfile>> profile)
            throws IOException {
        List<Setup> setups = new ArrayList<>();
        for (int workers : settings.workers()) {
            settings.strategies().forEach(kind -> setups.add(new Setup(kind, workers, work)));
        }
        Rounds.warmUp(setups.subList(0, settings.strategies().size())); // with the fewest workers
        List<Measurement> rows = new ArrayList<>();
        for (var measured : Rounds.measure(setups, settings.rounds()).entrySet()) {
            HeapKind kind = measured.getKey().kind;
            int workers = measured.getKey().workers;
            var profiled = profile.run(kind, workers);
            rows.add(new Measurement(part, kind, workers, measured.getValue(), profiled));
        }
        return rows;
    }

    /** Replays traces over a new heap. */
    private Sample replay(Part part, HeapKind kind, int workers, TraceReplay loop)
            throws IOException {
        long nanos = settings.runNanos();
        try (Heap heap = open(kind)) {
            return new BenchmarkRun(heap, settings, part, workers, loop, nanos, Observer.NONE)
                    .run();
        }
    }

    /** The same once, with loops of its own: observed calls would make the measured ones slower. */
    private AllocationProfile profile(Part part, HeapKind kind, int workers) throws IOException {
        try (Heap heap = open(kind)) {
            var profiler = new Profiler(heap);
            new BenchmarkRun(heap, settings, part, workers, TraceReplay.newCopy(), 0, profiler)
                    .run();
            return profiler.profile();
        }
    }

    /** Without the collection, the JVM would take memory from the system for every run. */
    private Heap open(HeapKind kind) {
        if (settings.heapBytes() >= LARGE_HEAP_BYTES) {
            System.gc();
        }
        return kind.open(settings.heapBytes());
    }

    private Sample signature(String file, HeapKind kind, int workers) throws IOException {
        var runSettings =
                new RunSettings(
                        workers, true, settings.heapBytes(), 16, 1, true, (Strategy) kind, false);
        var sum = new SignatureWork.Sum();
        try (Input input = Input.open(file)) {
            ProcessUsage before = ProcessUsage.now();
            long start = System.nanoTime();
            RunStatistics statistics =
                    new ThreadRun(Mode.THREADS, workers, runSettings)
                            .run(input::read, new SignatureWork(BLOCK_BYTES, 0), sum);
            long nanos = System.nanoTime() - start;
            signatures.add(sum.signature().value());
            return new Sample(
                    nanos,
                    statistics.heap().frees(),
                    statistics.heap(),
                    0,
                    statistics.lockHeldShare(),
                    ProcessUsage.now().minus(before));
        }
    }
}
