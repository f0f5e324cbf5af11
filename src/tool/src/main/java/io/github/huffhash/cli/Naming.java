package io.github.huffhash.cli;

import io.github.huffhash.io.FileFailure;
import java.util.Optional;

/** How the name of the output comes from that of the input. */
enum Naming {
    COMPRESSED,
    DECOMPRESSED;

    static final String SUFFIX = ".zst";

    /** Whether a file that was found in a directory is taken: it was not named by anybody. */
    boolean takes(String input) {
        return hasSuffix(input) == (this == DECOMPRESSED);
    }

    /** Whether a file is left alone, since it seems to be what it would become. */
    boolean isDone(String input) {
        return this == COMPRESSED && hasSuffix(input);
    }

    /**
     * The output's name.
     *
     * @param directory where it goes, if not beside the input
     * @throws FileFailure if the input's name has not got the suffix that is to be taken away
     */
    String output(String input, Optional<String> directory) throws FileFailure {
        if (this == DECOMPRESSED && !hasSuffix(input)) {
            throw new FileFailure(
                    input, "does not end in " + SUFFIX + "; name the output with -o, or use -c");
        }
        String beside =
                this == COMPRESSED
                        ? input + SUFFIX
                        : input.substring(0, input.length() - SUFFIX.length());
        return directory
                .map(folder -> folder + (folder.endsWith("/") ? "" : "/") + lastName(beside))
                .orElse(beside);
    }

    private static String lastName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Whether there is something before the suffix. */
    private static boolean hasSuffix(String name) {
        String last = lastName(name);
        return last.endsWith(SUFFIX) && !last.equals(SUFFIX);
    }
}
