package io.github.huffhash.lab;

import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.process.OwnJvm;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** A process of the laboratory, which does one task. */
public final class LabMain {
    /** What it does, and its arguments. */
    enum Task {
        /** Makes one mistake in one allocator, and may not survive it: strategy, fault. */
        FAULT,
        /** Prints what an allocator's start costs: label, rounds. */
        STARTUP
    }

    private LabMain() {}

    /** Starts such a process. */
    static Process start(Redirect output, Task task, String... arguments) throws IOException {
        return OwnJvm.start(
                output,
                LabMain.class,
                Stream.concat(Stream.of(task.name()), Stream.of(arguments)).toArray(String[]::new));
    }

    /** The process. */
    public static void main(String[] args) throws IOException {
        OwnJvm.endWithParent();
        int exitCode = 0;
        switch (Task.valueOf(args[0])) {
            case FAULT ->
                    exitCode =
                            Faults.exitCodeOf(
                                    Faults.valueOf(args[2]).isDetected(Strategy.valueOf(args[1])));
            case STARTUP -> {
                String figures = Startup.measureHere(args[1], Integer.parseInt(args[2]));
                try (var output = new FileOutputStream(FileDescriptor.out)) {
                    output.write(figures.getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
