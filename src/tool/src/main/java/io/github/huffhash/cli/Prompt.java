package io.github.huffhash.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Questions to whoever sits at the terminal. */
final class Prompt {
    private Prompt() {}

    /** Whether a file that is there may be overwritten; without an answer it may not. */
    static boolean mayOverwrite(String file) throws IOException {
        System.err.print(
                "huffhash: " + Names.printable(file) + " already exists; overwrite (y/n)? ");
        System.err.flush();
        // not closed: standard input may be asked again
        var terminal = new FileInputStream(FileDescriptor.in);
        int answer = terminal.read();
        skipLine(terminal, answer);
        return answer == 'y' || answer == 'Y';
    }

    private static void skipLine(InputStream terminal, int first) throws IOException {
        int next = first;
        while (next >= 0 && next != '\n') {
            next = terminal.read();
        }
    }
}
