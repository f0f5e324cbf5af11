package io.github.huffhash.engine;

import io.github.huffhash.engine.process.ProcessEngine;
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
            case SINGLE -> new SingleEngine(settings);
            case THREADS, POOLS -> new SharedHeapEngine(mode, settings);
            case PROCESSES -> new ProcessEngine(settings, warnings);
        };
    }
}
