package io.github.huffhash.cli;

import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** The kinds of outputs, and how outputs are named. */
enum OutputTarget {
    /** There is no file of that name. */
    NEW,
    /** A file or a link, which the output replaces. */
    REPLACED,
    /** A device or a named pipe, which is written in place. */
    IN_PLACE;

    /** How the name of an output is made from that of its input. */
    enum Naming {
        COMPRESSED,
        DECOMPRESSED;

        static final String SUFFIX = ".zst";

        /** Whether a file that was found in a directory is taken. */
        boolean takes(String input) {
            return hasSuffix(input) == (this == DECOMPRESSED);
        }

        /** Whether a file is skipped, since its name is that of an output. */
        boolean isDone(String input) {
            return this == COMPRESSED && hasSuffix(input);
        }

        /**
         * The output's name.
         *
         * @param directory the output's directory, if not that of the input
         * @throws FileFailure if the input's name lacks the suffix to be removed
         */
        String output(String input, Optional<String> directory) throws FileFailure {
            if (this == DECOMPRESSED && !hasSuffix(input)) {
                throw new FileFailure(
                        input,
                        "does not end in " + SUFFIX + "; name the output with -o, or use -c");
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

    /**
     * Looks at an output's name, and asks before a file is replaced.
     *
     * @param input the input's name
     * @param named whether the user named the output
     * @param mayAsk whether to ask on a terminal
     * @throws FileFailure if the output must not be written
     */
    static OutputTarget of(
            String output, String input, boolean named, FileOptions options, boolean mayAsk)
            throws IOException {
        Path path = path(output);
        if (!exists(path, output)) {
            return NEW;
        }
        if (Files.isDirectory(path)) {
            throw new FileFailure(output, "is a directory");
        }
        if (isSpecial(path)) {
            if (!named) {
                throw new FileFailure(output, "is not a regular file; name it with -o to use it");
            }
            return IN_PLACE;
        }
        if (!input.equals(Input.STANDARD_INPUT)
                && Files.exists(path)
                && Files.isSameFile(path, path(input))) {
            throw new FileFailure(output, "is the input itself");
        }
        if (!options.force()) {
            askFor(output, mayAsk);
        }
        return REPLACED;
    }

    /** Whether the name exists. A name that no file can have fails here, before the work. */
    private static boolean exists(Path path, String name) throws FileFailure {
        try {
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException e) {
            throw new FileFailure(name, e);
        }
    }

    private static void askFor(String output, boolean mayAsk) throws IOException {
        if (!mayAsk || !Terminal.isStandardInput()) {
            throw new FileFailure(output, "already exists; not overwritten (-f overwrites)");
        }
        if (!Terminal.mayOverwrite(output)) {
            throw new FileFailure(output, "not overwritten");
        }
    }

    private static Path path(String name) throws FileFailure {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new FileFailure(name, "invalid file name: " + e.getReason());
        }
    }

    /** Devices, pipes and sockets; also the links that the system keeps for open files. */
    private static boolean isSpecial(Path path) throws IOException {
        if (!Files.exists(path)) {
            return false; // a link to nowhere
        }
        return !Files.isRegularFile(path)
                || (Files.isSymbolicLink(path) && isOfSystem(path.resolveSibling(".")));
    }

    private static boolean isOfSystem(Path directory) throws IOException {
        Path real = directory.toRealPath();
        return real.equals(Path.of("/dev")) || real.startsWith("/proc");
    }
}
