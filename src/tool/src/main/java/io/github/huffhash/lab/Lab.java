package io.github.huffhash.lab;

import io.github.huffhash.lab.Workload.Part;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.strategy.Strategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures a workload with several allocators: after a warm-up they take turns over some rounds,
 * with each number of workers, so that whatever else goes on in the machine hits all of them alike.
 */
public final class Lab {
    private static final int WARM_UPS = 4;

    private final LabSettings settings;

    /** A laboratory. */
    public Lab(LabSettings settings) {
        this.settings = settings;
    }

    /** Measures every part of a workload other than that of files. */
    public LabReport measure(Workload workload) throws IOException {
        List<LabReport.Part> parts = new ArrayList<>();
        for (Part part : workload.parts()) {
            parts.add(new LabReport.Part(part.title(), measure(part)));
        }
        return new LabReport(workload.label(), settings, parts);
    }

    private List<Measurement> measure(Part part) throws IOException {
        List<Bench> benches = new ArrayList<>();
        try {
            for (Strategy strategy : settings.strategies()) {
                benches.add(new Bench(strategy, part));
            }
            return measure(part, benches);
        } finally {
            benches.forEach(Bench::close);
        }
    }

    private List<Measurement> measure(Part part, List<Bench> benches) throws IOException {
        for (int i = 0; i < WARM_UPS; i++) {
            for (Bench bench : benches) {
                bench.run(settings.workers().getFirst());
            }
        }
        var samples = new HashMap<Setup, List<Sample>>();
        for (int round = 0; round < settings.rounds(); round++) {
            for (int workers : settings.workers()) {
                for (Bench bench : benches) {
                    samples.computeIfAbsent(
                                    new Setup(bench.strategy, workers), _ -> new ArrayList<>())
                            .add(bench.run(workers));
                }
            }
        }
        List<Measurement> measurements = new ArrayList<>();
        for (int workers : settings.workers()) {
            for (Strategy strategy : settings.strategies()) {
                measurements.add(
                        new Measurement(
                                strategy,
                                workers,
                                samples.getOrDefault(new Setup(strategy, workers), List.of()),
                                Optional.of(observe(part, strategy, workers))));
            }
        }
        return measurements;
    }

    private record Setup(Strategy strategy, int workers) {}

    private List<Tape> tapes(int workers) {
        int operations = Math.max(1, settings.operations() / workers);
        return IntStream.range(0, workers)
                .mapToObj(worker -> Tape.record(settings, worker, operations))
                .toList();
    }

    private Diagnosis observe(Part part, Strategy strategy, int workers) throws IOException {
        try (var space = strategy.open(settings.heapBytes())) {
            var observer = new Observer(space);
            new Trial(
                            space,
                            part,
                            TapeLoop.newCopy(),
                            tapes(workers),
                            0,
                            observer::onEnd,
                            observer::onReset)
                    .run(observer::observe);
            return observer.diagnosis();
        }
    }

    /** One allocator with its heap, and its copy of the loops. */
    private final class Bench implements AutoCloseable {
        private final Strategy strategy;
        private final Part part;
        private final TapeLoop loop = TapeLoop.newCopy();
        private final Heap space;

        Bench(Strategy strategy, Part part) {
            this.strategy = strategy;
            this.part = part;
            space = strategy.open(settings.heapBytes());
        }

        Sample run(int workers) throws IOException {
            return new Trial(
                            space,
                            part,
                            loop,
                            tapes(workers),
                            settings.runNanos(),
                            () -> {},
                            () -> {})
                    .run(worker -> worker);
        }

        @Override
        public void close() {
            space.close();
        }
    }
}
