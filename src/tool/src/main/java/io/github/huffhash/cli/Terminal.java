package io.github.huffhash.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The terminal, if a standard descriptor is one. */
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

    /** Whether it cannot write over a line. */
    static boolean isDumb() {
        return "dumb".equals(System.getenv("TERM"));
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
            return Optional.ofNullable(System.console())
                    .filter(java.io.Console::isTerminal)
                    .isPresent();
        }
    }

    /** Asks whether a file may be overwritten; without an answer it may not. */
    static boolean mayOverwrite(String file) throws IOException {
        System.err.print(
                "huffhash: " + Console.printable(file) + " already exists; overwrite (y/n)? ");
        System.err.flush();
        // not closed: standard input may be asked again
        var input = new FileInputStream(FileDescriptor.in);
        int answer = input.read();
        int next = answer;
        while (next >= 0 && next != '\n') {
            next = input.read();
        }
        if (next < 0) { // Ctrl-D, which ends no line
            System.err.println();
        }
        return answer == 'y' || answer == 'Y';
    }
}
