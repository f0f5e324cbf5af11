package io.github.huffhash.cli;

import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * The inputs that the arguments name.
 *
 * @param names the names of all files, in the order of the arguments
 * @param exitCode 1 if an argument names no input, or a directory could not be read
 */
record InputNames(List<String> names, int exitCode) {
    /** What is done with each file. */
    @FunctionalInterface
    interface Action {
        /** Does it; a failure does not keep the other files from their turn. */
        void run(String name) throws IOException;
    }

    /** Runs an action on each file, also on those after one that fails; returns the exit code. */
    int forEach(Action action, Console console) throws IOException {
        int result = exitCode;
        for (String name : names) {
            try {
                action.run(name);
            } catch (StandardOutput.OutputException e) {
                throw e; // the output of the other files would fail too
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                result = console.failed(name, e);
            }
        }
        return result;
    }

    /**
     * Replaces directories by the files in them, sorted by name. Links in them are not followed.
     *
     * @param recursive whether to do that; otherwise a directory is a failure
     * @param taken which files in directories are taken
     */
    static InputNames of(
            List<String> arguments, boolean recursive, Predicate<String> taken, Console console) {
        List<String> names = new ArrayList<>();
        int exitCode = 0;
        for (String argument : arguments) {
            if (argument.equals(Input.STANDARD_INPUT) || !isDirectory(argument)) {
                names.add(argument);
            } else if (recursive) {
                exitCode |= addFilesIn(Path.of(argument), taken, names, console);
            } else {
                Console.print(argument + ": is a directory; use -r for the files in it");
                exitCode = Console.FAILED;
            }
        }
        return new InputNames(List.copyOf(names), exitCode);
    }

    private static boolean isDirectory(String name) {
        try {
            return !name.isEmpty() && Files.isDirectory(Path.of(name));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    private static int addFilesIn(
            Path directory, Predicate<String> taken, List<String> names, Console console) {
        List<Path> entries;
        try {
            entries = entries(directory);
        } catch (IOException e) {
            return console.failed(directory.toString(), new FileFailure(directory.toString(), e));
        }
        int exitCode = 0;
        for (Path entry : entries) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                exitCode |= addFilesIn(entry, taken, names, console);
            } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                    && taken.test(entry.toString())) {
                names.add(entry.toString());
            }
        }
        return exitCode;
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            return StreamSupport.stream(stream.spliterator(), false).sorted().toList();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
