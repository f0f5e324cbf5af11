package io.github.huffhash.run;

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
            case FAST -> new ThreadEngine(mode, settings.workers(), settings);
            case SINGLE -> new ThreadEngine(mode, 1, settings);
            case THREADS, POOLS -> new ThreadEngine(mode, defaultThreads(), settings);
            case PROCESSES -> new ProcessEngine(settings, warnings);
        };
    }

    /** The engine of the threads mode with a certain number of threads. */
    public static Engine threads(int threads, EngineSettings settings) {
        return new ThreadEngine(Mode.THREADS, threads, settings);
    }

    /** As many threads as cores, and two at least. */
    private static int defaultThreads() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }
}
