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
import io.github.huffhash.run.Rounds;
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
import org.apache.commons.io.function.IOFunction;

/**
 * Measures a workload with several allocators. After a warm-up they take turns in every round, with
 * each number of workers, so that other load on the machine affects all of them alike.
 */
public final class Lab {
    private static final int BLOCK_BYTES = 1024;
    private static final long LARGE_HEAP_BYTES = 64 << 20;

    private final LabSettings settings;
    private final Set<Long> signatures = new HashSet<>();

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
                            it -> replay(part, it, loops),
                            it -> Optional.of(profile(part, it))));
        }
        return new LabReport(workload, Optional.empty(), settings, rows);
    }

    /** Measures the signature of a file in the threads mode. */
    private LabReport measure(String file) throws IOException {
        return new LabReport(
                Workload.HUFFMAN,
                Optional.of(file),
                settings,
                measure(
                        "the signature of each block's tree",
                        it -> signature(file, it),
                        _ -> Optional.empty()));
    }

    /** Whether all allocators led to the same signature. */
    public boolean signaturesAgree() {
        return signatures.size() == 1;
    }

    private record Setup(HeapKind kind, int workers) {}

    private List<Measurement> measure(
            String part,
            IOFunction<Setup, Sample> timed,
            IOFunction<Setup, Optional<AllocationProfile>> profiled)
            throws IOException {
        List<Setup> setups = new ArrayList<>();
        for (int workers : settings.workers()) {
            settings.strategies().forEach(kind -> setups.add(new Setup(kind, workers)));
        }
        var rounds = new Rounds<>(timed, it -> it.operations() == 0 ? 0 : it.nanosPerOperation());
        int kinds = settings.strategies().size();
        rounds.warmUp(setups.subList(0, kinds), _ -> false); // with the fewest workers
        List<Measurement> rows = new ArrayList<>();
        for (var measured : rounds.measure(setups, settings.rounds()).entrySet()) {
            Setup it = measured.getKey();
            Sample median = Rounds.median(measured.getValue(), Sample::nanosPerOperation);
            rows.add(new Measurement(part, it.kind, it.workers, median, profiled.apply(it)));
        }
        return rows;
    }

    /** Replays traces over a new heap, with the loops of its kind. */
    private Sample replay(Part part, Setup it, Map<HeapKind, TraceReplay> loops)
            throws IOException {
        TraceReplay loop = loops.computeIfAbsent(it.kind, _ -> TraceReplay.newCopy());
        long nanos = settings.runNanos();
        try (Heap heap = open(it.kind)) {
            return new BenchmarkRun(heap, settings, part, it.workers, loop, nanos, Observer.NONE)
                    .run();
        }
    }

    /** The same once, with loops of its own: observed calls would make the measured ones slower. */
    private AllocationProfile profile(Part part, Setup it) throws IOException {
        TraceReplay loop = TraceReplay.newCopy();
        try (Heap heap = open(it.kind)) {
            var profiler = new Profiler(heap);
            new BenchmarkRun(heap, settings, part, it.workers, loop, 0, profiler).run();
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

    private Sample signature(String file, Setup it) throws IOException {
        int workers = it.workers;
        var strategy = (Strategy) it.kind;
        var runSettings =
                new RunSettings(workers, true, settings.heapBytes(), 16, 1, true, strategy, false);
        var sum = new SignatureWork.Sum();
        try (Input input = Input.open(file)) {
            ProcessUsage before = ProcessUsage.now();
            long start = System.nanoTime();
            RunStatistics statistics =
                    new ThreadRun(Mode.THREADS, workers, runSettings)
                            .run(input, new SignatureWork(BLOCK_BYTES, 0), sum);
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
