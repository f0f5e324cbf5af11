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
 * The inputs that the arguments stand for.
 *
 * @param names the names of all files, in the order of the arguments
 * @param exitCode 1 if an argument stands for nothing, or a directory could not be read
 */
record InputNames(List<String> names, int exitCode) {
    /**
     * Puts the files in directories in the place of these, sorted by name. Links in them are not
     * followed.
     *
     * @param recursive whether to; otherwise a directory is a failure
     * @param taken which files in directories are meant
     */
    static InputNames of(
            List<String> arguments,
            boolean recursive,
            Predicate<String> taken,
            Reporting reporting) {
        List<String> names = new ArrayList<>();
        int exitCode = 0;
        for (String argument : arguments) {
            if (argument.equals(Input.STANDARD_INPUT) || !isDirectory(argument)) {
                names.add(argument);
            } else if (recursive) {
                exitCode |= addFilesIn(Path.of(argument), taken, names, reporting);
            } else {
                Failures.report(argument + ": is a directory; use -r for the files in it");
                exitCode = Failures.FAILED;
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
            Path directory, Predicate<String> taken, List<String> names, Reporting reporting) {
        List<Path> entries;
        try {
            entries = entries(directory);
        } catch (IOException e) {
            return reporting.failed(directory.toString(), new FileFailure(directory.toString(), e));
        }
        int exitCode = 0;
        for (Path entry : entries) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                exitCode |= addFilesIn(entry, taken, names, reporting);
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
