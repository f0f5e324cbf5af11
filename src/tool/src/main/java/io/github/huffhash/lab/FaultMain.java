package io.github.huffhash.lab;

import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.process.OwnJvm;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;

/** A process that makes one mistake in one allocator, and may not survive it. */
public final class FaultMain {
    static final int UNDETECTED = 0;
    static final int DETECTED = 10;

    /** A mistake can leave an allocator in a loop. */
    private static final long LONGEST_SECONDS = 20;

    private FaultMain() {}

    /** The process: the strategy and the fault; the exit code is the answer. */
    public static void main(String[] args) {
        boolean detected = Faults.valueOf(args[1]).isDetected(Strategy.valueOf(args[0]));
        Runtime.getRuntime().halt(exitCodeOf(detected));
    }

    static int exitCodeOf(boolean detected) {
        return detected ? DETECTED : UNDETECTED;
    }

    /** Runs such a process; returns its exit code, or that of its end by a signal. */
    static int exitCode(Strategy strategy, Faults fault) throws IOException {
        Process process =
                new ProcessBuilder(OwnJvm.command(FaultMain.class, strategy.name(), fault.name()))
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start();
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException _) {
            throw new InterruptedIOException("interrupted");
        } finally {
            process.destroyForcibly();
        }
    }
}
