package io.github.huffhash;

import java.util.Set;
import java.util.stream.Collectors;

/** The library's own threads that have been started since this was made. */
final class OwnThreads {
    private final Set<Thread> before = all();

    private static Set<Thread> all() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("huffhash-worker"))
                .collect(Collectors.toSet());
    }

    /** Those that are alive. */
    Set<Thread> alive() {
        Set<Thread> now = all();
        now.removeAll(before);
        return now;
    }
}
