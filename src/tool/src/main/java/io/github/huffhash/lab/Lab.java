package io.github.huffhash.lab;

import io.github.huffhash.io.Input;
import io.github.huffhash.lab.Measurement.Sample;
import io.github.huffhash.lab.ProfilingAllocator.AllocationProfile;
import io.github.huffhash.lab.Workload.Part;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.strategy.HeapKind;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunSettings;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.SignatureWork;
import io.github.huffhash.run.ThreadRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

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

    /** Measures every part of a workload that replays traces. */
    public LabReport measure(Workload workload) throws IOException {
        List<LabReport.Part> parts = new ArrayList<>();
        for (Part part : workload.parts(settings)) {
            parts.add(
                    new LabReport.Part(
                            part.title(), measure(kind -> new ReplayBenchmark(kind, part))));
        }
        return new LabReport(workload.label(), settings, parts);
    }

    /** Measures the signature of a file in the threads mode. */
    public LabReport measure(String file) throws IOException {
        return new LabReport(
                "huffman, " + file,
                settings,
                List.of(
                        new LabReport.Part(
                                "the signature of each block's tree",
                                measure(kind -> new SignatureBenchmark(kind, file)))));
    }

    /** What a workload finds that is not about speed by allocator and threads. */
    public Findings<?> experiment(Workload workload) throws IOException {
        return switch (workload) {
            case LOOKUP -> Lookup.measure(settings.seed(), settings.rounds());
            case FAULTS -> Faults.measure(settings.strategies());
            case STARTUP -> Startup.measure(settings);
            case CHANNELS -> Channels.measure(settings, List.of(1, 16));
            default -> throw new IllegalArgumentException(workload + " is not an experiment");
        };
    }

    /** Whether all allocators led to the same signature. */
    public boolean signaturesAgree() {
        return signatures.size() == 1;
    }

    private List<Measurement> measure(Function<HeapKind, Benchmark> benchmark) throws IOException {
        List<Benchmark> benchmarks = settings.strategies().stream().map(benchmark).toList();
        int fewest = settings.workers().getFirst();
        Rounds.warmUp(benchmarks.stream().map(each -> new Setup(each, fewest)).toList());
        List<Setup> setups =
                settings.workers().stream()
                        .flatMap(workers -> benchmarks.stream().map(it -> new Setup(it, workers)))
                        .toList();
        List<List<Sample>> samples = Rounds.measure(setups, settings.rounds());
        List<Measurement> measurements = new ArrayList<>();
        for (Setup setup : setups) {
            measurements.add(
                    new Measurement(
                            setup.benchmark.kind(),
                            setup.workers,
                            samples.get(measurements.size()),
                            setup.benchmark.profile(setup.workers)));
        }
        return measurements;
    }

    /** One allocator with one number of workers. */
    private record Setup(Benchmark benchmark, int workers) implements Rounds.Measured<Sample> {
        @Override
        public Sample run() throws IOException {
            return benchmark.run(workers);
        }

        @Override
        public double time(Sample sample) {
            return sample.nanosPerOperation().orElse(0.0);
        }
    }

    /** One allocator doing the workload. */
    private interface Benchmark {
        HeapKind kind();

        Sample run(int workers) throws IOException;

        default Optional<AllocationProfile> profile(int workers) throws IOException {
            return Optional.empty();
        }
    }

    /** Replays traces over a new heap in each run, with a copy of the loops of its own. */
    private final class ReplayBenchmark implements Benchmark {
        private final HeapKind kind;
        private final Part part;
        private final TraceReplay loop = TraceReplay.newCopy();

        ReplayBenchmark(HeapKind kind, Part part) {
            this.kind = kind;
            this.part = part;
        }

        @Override
        public HeapKind kind() {
            return kind;
        }

        @Override
        public Sample run(int workers) throws IOException {
            try (var heap = open()) {
                return run(heap, workers, loop, settings.runNanos(), BenchmarkRun.Listener.NONE)
                        .run(worker -> worker);
            }
        }

        @Override
        public Optional<AllocationProfile> profile(int workers) throws IOException {
            try (var heap = open()) {
                var profiler = new ProfilingAllocator.Profiler(heap);
                run(heap, workers, TraceReplay.newCopy(), 0, profiler).run(profiler::wrap);
                return Optional.of(profiler.profile());
            }
        }

        /** Without the collection, the JVM would take memory from the system for every run. */
        private Heap open() {
            if (settings.heapBytes() >= LARGE_HEAP_BYTES) {
                System.gc();
            }
            return kind.open(settings.heapBytes());
        }

        private BenchmarkRun run(
                Heap heap,
                int workers,
                TraceReplay replay,
                long leastNanos,
                BenchmarkRun.Listener listener) {
            int operations = Math.max(1, settings.operations() / workers);
            return new BenchmarkRun(
                    heap,
                    part.loop(),
                    replay,
                    IntStream.range(0, workers)
                            .mapToObj(i -> Trace.generate(settings, part.sizes(), i, operations))
                            .toList(),
                    settings.objects(),
                    leastNanos,
                    settings.longestNanos(),
                    listener);
        }
    }

    /** Computes the signature of a file. */
    private final class SignatureBenchmark implements Benchmark {
        private final HeapKind kind;
        private final String file;

        SignatureBenchmark(HeapKind kind, String file) {
            this.kind = kind;
            this.file = file;
        }

        @Override
        public HeapKind kind() {
            return kind;
        }

        @Override
        public Sample run(int workers) throws IOException {
            var runSettings =
                    new RunSettings(
                            workers,
                            true,
                            settings.heapBytes(),
                            16,
                            1,
                            true,
                            (Strategy) kind,
                            false);
            var sum = new SignatureWork.Sum();
            try (Input input = Input.open(file)) {
                ProcessUsage before = ProcessUsage.now();
                long start = System.nanoTime();
                RunStatistics statistics =
                        new ThreadRun(Mode.THREADS, workers, runSettings)
                                .run(input::read, new SignatureWork(BLOCK_BYTES, 0), sum);
                long nanos = System.nanoTime() - start;
                signatures.add(sum.signature().value());
                Counters heap = statistics.heap();
                return new Sample(
                        nanos,
                        heap.frees(),
                        heap,
                        0,
                        statistics.lockHeldShare(),
                        ProcessUsage.now().minus(before));
            }
        }
    }
}
