package io.github.huffhash.io;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.util.List;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The signals that end this process, which then dies by the signal itself: a shell ends its loop
 * only for that, not for an exit code.
 *
 * <p>The JVM's own way is to begin to shut down, and to end with an exit code. A signal to a whole
 * pipeline ends what writes to us as well, and the end of the input would still become a signature.
 */
public final class Signals {
    private static final int EXIT_CODE_OFFSET = 128;
    private static final List<String> ENDING = List.of("INT", "TERM", "HUP");

    private static volatile Runnable cleanUp = () -> {};

    private Signals() {}

    /** Lets INT, TERM and HUP end the process at once. A signal that is ignored stays so. */
    public static void endAtOnce() {
        handle(SignalHandler.SIG_DFL);
    }

    /** Lets them run {@code task} before. */
    static void endAfter(Runnable task) {
        cleanUp = task;
        handle(Signals::dieBy);
    }

    private static void handle(SignalHandler handler) {
        for (String name : ENDING) {
            try {
                Signal.handle(new Signal(name), handler);
            } catch (IllegalArgumentException _) {
                // a JVM with -Xrs keeps its hands off signals, so they end the process at once
            }
        }
    }

    /** Ends the process as if a reader of its output had hung up. */
    public static void dieByClosedPipe() {
        dieBy(new Signal("PIPE"));
    }

    private static void dieBy(Signal signal) {
        cleanUp.run();
        Signal.handle(signal, SignalHandler.SIG_DFL);
        raise(signal.getNumber());
        Runtime.getRuntime().halt(EXIT_CODE_OFFSET + signal.getNumber());
    }

    /** {@link Signal#raise} refuses what is not handled. */
    @SuppressWarnings("restricted")
    private static void raise(int signal) {
        Linker linker = Linker.nativeLinker();
        var function = linker.defaultLookup().findOrThrow("raise");
        try {
            linker.downcallHandle(function, FunctionDescriptor.ofVoid(JAVA_INT)).invoke(signal);
        } catch (Throwable _) {
            // the exit code tells the signal
        }
    }
}
