package io.github.huffhash.engine;

/** Turns a mode into an engine. */
public final class Engines {
    private Engines() {}

    /** The engine of {@code mode}. */
    public static Engine create(Mode mode, EngineSettings settings) {
        return switch (mode) {
            case FAST -> new FastEngine(settings);
            case SINGLE -> new SingleEngine(settings);
            case THREADS, POOLS -> new SharedHeapEngine(mode, settings);
            case PROCESSES -> throw new UnsupportedOperationException("processes");
        };
    }
}
