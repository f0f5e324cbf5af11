package io.github.huffhash.run;

import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.process.ProcessEngine;
import java.util.function.Consumer;

/** Turns a mode into an engine. */
public final class Engines {
    private Engines() {}

    /**
     * The engine of {@code mode}.
     *
     * @param warnings is told, in one line each, what went wrong and was mended
     */
    public static Engine create(Mode mode, EngineSettings settings, Consumer<String> warnings) {
        return switch (mode) {
            case FAST -> new FastEngine(settings);
            case SINGLE ->
                    settings.allocator() == Strategy.FIRST_FIT
                            ? new SingleEngine(settings)
                            : new StrategyEngine(mode, 1, settings);
            case THREADS -> threads(SharedHeapEngine.defaultThreads(), settings);
            case POOLS -> new SharedHeapEngine(mode, SharedHeapEngine.defaultThreads(), settings);
            case PROCESSES -> new ProcessEngine(settings, warnings);
        };
    }

    /** The engine of the threads mode with a certain number of threads. */
    public static Engine threads(int threads, EngineSettings settings) {
        return settings.allocator() == Strategy.FIRST_FIT
                ? new SharedHeapEngine(Mode.THREADS, threads, settings)
                : new StrategyEngine(Mode.THREADS, threads, settings);
    }
}
