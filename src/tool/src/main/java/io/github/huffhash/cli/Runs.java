package io.github.huffhash.cli;

import io.github.huffhash.run.Mode;
import io.github.huffhash.run.Run;
import io.github.huffhash.run.RunSettings;
import io.github.huffhash.run.ThreadRun;
import io.github.huffhash.run.process.ProcessRun;

/** Turns a mode into a run. */
final class Runs {
    private Runs() {}

    /** The run of {@code mode}; what went wrong and was mended is printed. */
    static Run of(Mode mode, RunSettings settings) {
        return mode == Mode.PROCESSES
                ? new ProcessRun(settings, Console::error)
                : ThreadRun.of(mode, settings);
    }
}
