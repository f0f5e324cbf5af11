package io.github.huffhash.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a standard descriptor is a terminal. */
final class Terminal {
    private Terminal() {}

    static boolean isStandardInput() {
        return is(0);
    }

    static boolean isStandardOutput() {
        return is(1);
    }

    static boolean isStandardError() {
        return is(2);
    }

    private static boolean is(int descriptor) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException _) {
            // no /proc: the JVM knows of standard input and output together
            return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        }
    }
}
