package io.github.huffhash.cli;

import io.github.huffhash.io.TemporaryFiles;
import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * What INT, TERM and HUP do to this process.
 *
 * <p>By itself the JVM only begins to shut down when one arrives, and work goes on meanwhile. A
 * signal to a whole pipeline ends whoever writes to us as well; what looks like the end of the
 * input then would still become a result. The classes to change that are not in the language's
 * platform, so they are called by name; where they are missing, signals stay as they are.
 */
final class Signals {
    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private Signals() {}

    /** Lets them end the process at once, as they end any program that leaves nothing behind. */
    static void endAtOnce() {
        try {
            handle(Class.forName("sun.misc.SignalHandler").getField("SIG_DFL").get(null));
        } catch (ReflectiveOperationException | IllegalArgumentException _) {
            // the JVM's own way, then
        }
    }

    /** Lets them delete the temporary files, then end the process. */
    static void deleteFilesAndEnd() {
        try {
            handle(
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {Class.forName("sun.misc.SignalHandler")},
                            (proxy, method, arguments) -> {
                                if (method.getName().equals("handle")) {
                                    end(arguments[0]);
                                }
                                return null; // of no other method is anything asked
                            }));
        } catch (ReflectiveOperationException | IllegalArgumentException _) {
            // the JVM's own way, then: it deletes them as it shuts down
        }
    }

    private static void end(Object signal) {
        // its name, with SIG before it
        String name = signal.toString().replaceFirst("^SIG", "");
        TemporaryFiles.endProcess(128 + NUMBERS.getOrDefault(name, 0));
    }

    private static void handle(Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handlers = Class.forName("sun.misc.SignalHandler");
        var handle = signal.getMethod("handle", signal, handlers);
        for (String name : NUMBERS.keySet()) {
            handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        }
    }
}
