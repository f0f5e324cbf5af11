package io.github.huffhash.lab;

import io.github.huffhash.io.Input;
import io.github.huffhash.lab.Measurement.Sample;
import io.github.huffhash.lab.ProfilingAllocator.AllocationProfile;
import io.github.huffhash.lab.Workload.Part;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.RunSettings;
import io.github.huffhash.run.SignatureWork;
import io.github.huffhash.run.ThreadRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Measures a workload with several allocators. After a warm-up they take turns in every round, with
 * each number of workers, so that other load on the machine affects all of them alike.
 */
public final class Lab {
    private static final int BLOCK_BYTES = 1024;

    private final LabSettings settings;
    private final Set<Long> signatures = new HashSet<>();

    /** A laboratory. */
    public Lab(LabSettings settings) {
        this.settings = settings;
    }

    /** Measures every part of a workload that replays traces. */
    public LabReport measure(Workload workload) throws IOException {
        List<LabReport.Part> parts = new ArrayList<>();
        for (Part part : workload.parts()) {
            List<Benchmark> benchmarks = new ArrayList<>();
            try {
                for (Strategy strategy : settings.strategies()) {
                    benchmarks.add(new ReplayBenchmark(strategy, part));
                }
                parts.add(new LabReport.Part(part.title(), measure(benchmarks)));
            } finally {
                benchmarks.forEach(Benchmark::close);
            }
        }
        return new LabReport(workload.label(), settings, parts);
    }

    /** Measures the signature of a file in the threads mode. */
    public LabReport measure(String file) throws IOException {
        List<Benchmark> benchmarks =
                settings.strategies().stream()
                        .<Benchmark>map(strategy -> new SignatureBenchmark(strategy, file))
                        .toList();
        return new LabReport(
                "huffman, " + file,
                settings,
                List.of(
                        new LabReport.Part(
                                "the signature of each block's tree", measure(benchmarks))));
    }

    /** What a workload finds that is not about speed by allocator and threads. */
    public Findings<?> experiment(Workload workload) throws IOException {
        return switch (workload) {
            case LOOKUP -> Lookup.measure(settings.seed(), settings.rounds());
            case FAULTS -> Faults.measure(settings.strategies());
            default -> throw new IllegalArgumentException(workload + " is not an experiment");
        };
    }

    /** Whether all allocators led to the same signature. */
    public boolean signaturesAgree() {
        return signatures.size() == 1;
    }

    private List<Measurement> measure(List<Benchmark> benchmarks) throws IOException {
        int fewest = settings.workers().getFirst();
        Rounds.warmUp(benchmarks.stream().map(each -> new Setup(each, fewest)).toList());
        List<Setup> setups =
                settings.workers().stream()
                        .flatMap(workers -> benchmarks.stream().map(it -> new Setup(it, workers)))
                        .toList();
        List<List<Sample>> samples = Rounds.measure(setups, settings.rounds());
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < setups.size(); i++) {
            Setup setup = setups.get(i);
            measurements.add(
                    new Measurement(
                            setup.benchmark.strategy(),
                            setup.workers,
                            samples.get(i),
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
    private interface Benchmark extends AutoCloseable {
        Strategy strategy();

        Sample run(int workers) throws IOException;

        default Optional<AllocationProfile> profile(int workers) throws IOException {
            return Optional.empty();
        }

        @Override
        default void close() {}
    }

    /** Replays traces over a heap, with a copy of the loops of its own. */
    private final class ReplayBenchmark implements Benchmark {
        private final Strategy strategy;
        private final Part part;
        private final TraceReplay loop = TraceReplay.newCopy();
        private final Heap heap;

        ReplayBenchmark(Strategy strategy, Part part) {
            this.strategy = strategy;
            this.part = part;
            heap = strategy.open(settings.heapBytes());
        }

        @Override
        public Strategy strategy() {
            return strategy;
        }

        private List<Trace> traces(int workers) {
            int operations = Math.max(1, settings.operations() / workers);
            return IntStream.range(0, workers)
                    .mapToObj(worker -> Trace.generate(settings, worker, operations))
                    .toList();
        }

        @Override
        public Sample run(int workers) throws IOException {
            return new BenchmarkRun(
                            heap,
                            part,
                            loop,
                            traces(workers),
                            settings,
                            settings.runNanos(),
                            BenchmarkRun.Listener.NONE)
                    .run(worker -> worker);
        }

        /** {@inheritDoc} In a heap of its own, whose peak is that of this run. */
        @Override
        public Optional<AllocationProfile> profile(int workers) throws IOException {
            try (var profiled = strategy.open(settings.heapBytes())) {
                var profiler = new ProfilingAllocator.Profiler(profiled);
                new BenchmarkRun(
                                profiled,
                                part,
                                TraceReplay.newCopy(),
                                traces(workers),
                                settings,
                                0,
                                profiler)
                        .run(profiler::wrap);
                return Optional.of(profiler.profile());
            }
        }

        @Override
        public void close() {
            heap.close();
        }
    }

    /** Computes the signature of a file. */
    private final class SignatureBenchmark implements Benchmark {
        private final Strategy strategy;
        private final String file;

        SignatureBenchmark(Strategy strategy, String file) {
            this.strategy = strategy;
            this.file = file;
        }

        @Override
        public Strategy strategy() {
            return strategy;
        }

        @Override
        public Sample run(int workers) throws IOException {
            var runSettings =
                    new RunSettings(workers, true, settings.heapBytes(), 16, 1, false)
                            .with(strategy);
            var sum = new SignatureWork.Sum();
            try (Input input = Input.open(file)) {
                long start = System.nanoTime();
                Counters heap =
                        new ThreadRun(Mode.THREADS, workers, runSettings)
                                .run(input::read, new SignatureWork(BLOCK_BYTES, 0), sum)
                                .heap();
                long nanos = System.nanoTime() - start;
                signatures.add(sum.signature().value());
                return new Sample(nanos, heap.frees(), heap, 0);
            }
        }
    }
}
