package io.github.huffhash.cli;

import java.util.List;

/** What INT, TERM and HUP do to this process. */
final class Signals {
    private Signals() {}

    /**
     * Lets these signals end the process at once, as they end any program that leaves nothing
     * behind, instead of a little later.
     *
     * <p>The JVM only begins to shut down when one arrives. A signal to a whole pipeline ends
     * whoever writes to us as well; what looks like the end of the input then would still become a
     * signature. The class for it is not in the language's platform, so it is called by name; where
     * it is missing, signals stay as they are.
     */
    static void endAtOnce() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            var handle = signal.getMethod("handle", signal, handler);
            Object systemDefault = handler.getField("SIG_DFL").get(null);
            for (String name : List.of("INT", "TERM", "HUP")) {
                handle.invoke(
                        null, signal.getConstructor(String.class).newInstance(name), systemDefault);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException _) {
            // the JVM's own way, then
        }
    }
}
