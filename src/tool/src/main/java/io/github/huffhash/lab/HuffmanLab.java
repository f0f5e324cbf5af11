package io.github.huffhash.lab;

import io.github.huffhash.block.Signature;
import io.github.huffhash.block.SignatureWork;
import io.github.huffhash.io.Input;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.EngineSettings;
import io.github.huffhash.run.Engines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The signature of a file in the threads mode with several allocators, which take turns. */
public final class HuffmanLab {
    private static final int BLOCK_BYTES = 1024;

    private final LabSettings settings;
    private final String file;
    private final Set<Long> signatures = new HashSet<>();

    /** For one file. */
    public HuffmanLab(LabSettings settings, String file) {
        this.settings = settings;
        this.file = file;
    }

    /** Measures. */
    public LabReport measure() throws IOException {
        for (Strategy strategy : settings.strategies()) {
            run(strategy, settings.workers().getFirst()); // to warm up
        }
        List<Measurement> measurements = new ArrayList<>();
        for (int workers : settings.workers()) {
            Map<Strategy, List<Sample>> samples = new EnumMap<>(Strategy.class);
            for (int round = 0; round < settings.rounds(); round++) {
                for (Strategy strategy : settings.strategies()) {
                    samples.computeIfAbsent(strategy, _ -> new ArrayList<>())
                            .add(run(strategy, workers));
                }
            }
            for (Strategy strategy : settings.strategies()) {
                measurements.add(
                        new Measurement(
                                strategy,
                                workers,
                                samples.getOrDefault(strategy, List.of()),
                                Optional.empty()));
            }
        }
        return new LabReport(
                "huffman, " + file,
                settings,
                List.of(new LabReport.Part("the signature of each block's tree", measurements)));
    }

    /** Whether all allocators led to the same signature. */
    public boolean agrees() {
        return signatures.size() == 1;
    }

    private Sample run(Strategy strategy, int workers) throws IOException {
        var engineSettings =
                new EngineSettings(workers, true, settings.heapBytes(), 16, 1, false, strategy);
        var signature = new Signature();
        try (Input input = Input.open(file)) {
            long start = System.nanoTime();
            Counters heap =
                    Engines.threads(workers, engineSettings)
                            .run(input, new SignatureWork(BLOCK_BYTES, 0), signature::add)
                            .heap();
            long nanos = System.nanoTime() - start;
            signatures.add(signature.value());
            return new Sample(nanos, heap.frees(), heap, 0);
        }
    }
}
