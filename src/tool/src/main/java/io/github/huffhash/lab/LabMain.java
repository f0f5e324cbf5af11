package io.github.huffhash.lab;

import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.process.OwnJvm;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * A process of the laboratory. Its arguments are either an allocator and a mistake, which it makes
 * and may not survive, or {@link #STARTUP}, an allocator's label and a number of rounds: then it
 * prints what the allocator's start costs.
 */
public final class LabMain {
    static final String STARTUP = "startup";

    private LabMain() {}

    /** Starts such a process. */
    static Process start(Redirect output, String... arguments) throws IOException {
        return OwnJvm.start(output, LabMain.class, arguments);
    }

    /** The process. */
    public static void main(String[] args) throws IOException {
        OwnJvm.endWithParent();
        int exitCode = 0;
        if (args[0].equals(STARTUP)) {
            String figures = Startup.measureHere(args[1], Integer.parseInt(args[2]));
            try (var output = new FileOutputStream(FileDescriptor.out)) {
                output.write(figures.getBytes(StandardCharsets.US_ASCII));
            }
        } else {
            exitCode = Faults.valueOf(args[1]).commitHere(Strategy.valueOf(args[0]));
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
