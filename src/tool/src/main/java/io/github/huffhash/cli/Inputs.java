package io.github.huffhash.cli;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.cli.OutputTarget.Naming;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import io.github.huffhash.io.OpenDirectory;
import io.github.huffhash.io.Place;
import io.github.huffhash.io.TemporaryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The inputs that the arguments stand for, one after another. One that fails does not keep the
 * others from their turn.
 *
 * <p>What is found in directories is found once and then opened from directory to directory, each
 * of which stays open, without following links: a tree cannot be left.
 */
final class Inputs {
    /** One unit: the coding of such a file is no work for several threads. */
    private static final int SMALL_BYTES = CompressOptions.MAX_UNIT_BYTES;

    private final Naming naming;
    private final Console console;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private int exitCode;

    /** What an argument stands for, or what there is in a directory. */
    private sealed interface Entry {}

    /** A file, or standard input, by its name. */
    private record Named(String name) implements Entry {}

    /** A file in the directory around it. */
    private record Found(Path last, String name, boolean isSmall) implements Entry {}

    /** A directory in the directory around it, and what there is in it, sorted by name. */
    private record Folder(Path last, String name, List<Entry> entries) implements Entry {}

    /** A directory that is an argument, open, and what there is in it. */
    private record Tree(OpenDirectory directory, List<Entry> entries) implements Entry {}

    /**
     * One input.
     *
     * @param name its name
     * @param place where it is; standard input is nowhere
     */
    record Source(String name, Optional<Place> place) {
        /** Standard input. */
        static final Source STANDARD_INPUT = new Source(Input.STANDARD_INPUT, Optional.empty());

        /**
         * Opens it.
         *
         * @param limited whether a file that grows is read up to its size now
         */
        Input open(boolean limited) throws FileFailure {
            return place.isPresent() ? Input.open(place.get(), limited) : Input.standard();
        }

        /**
         * Opens it if it is a regular file, up to its size now.
         *
         * @param otherwise what is wrong with anything else
         */
        Input openRegular(String otherwise) throws FileFailure {
            if (place.isEmpty()) {
                throw new FileFailure(Input.label(name), otherwise);
            }
            return Input.openRegular(place.get(), otherwise);
        }
    }

    /** What is done with each input. */
    @FunctionalInterface
    interface Action {
        /** Does it, and says what there is to say of it to this console. */
        void accept(Source source, Console console) throws IOException;
    }

    /**
     * Finds the inputs. An argument that stands for nothing is reported.
     *
     * @param recursive whether a directory stands for the files in it; otherwise it is a failure
     * @param naming which files in directories are meant
     */
    Inputs(List<String> arguments, boolean recursive, Naming naming, Console console) {
        this.naming = naming;
        this.console = console;
        for (String argument : arguments) {
            if (!isDirectory(argument)) {
                names.add(argument);
                entries.add(new Named(argument));
            } else if (recursive) {
                addTree(Path.of(argument));
            } else {
                Console.error(argument + ": is a directory; use -r for the files in it");
                exitCode = Console.FAILED;
            }
        }
    }

    private static boolean isDirectory(String name) {
        try {
            return !name.isEmpty()
                    && !name.equals(Input.STANDARD_INPUT)
                    && Files.isDirectory(Path.of(name));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    private void addTree(Path path) {
        try {
            Place.requireUtf8(path.toString());
            OpenDirectory directory = OpenDirectory.of(path);
            entries.add(new Tree(directory, entriesOf(directory, path)));
        } catch (IOException e) {
            fail(path.toString(), e);
        }
    }

    private List<Entry> entriesOf(OpenDirectory directory, Path path) throws IOException {
        List<Entry> found = new ArrayList<>();
        for (Path last : directory.entries()) {
            String name = path.resolve(last).toString();
            try {
                Place.requireUtf8(name);
                BasicFileAttributes attributes = directory.attributes(last, false);
                if (attributes.isDirectory()) {
                    try (OpenDirectory inner = directory.enter(last)) {
                        found.add(new Folder(last, name, entriesOf(inner, path.resolve(last))));
                    }
                } else if (attributes.isRegularFile() && isMeant(last.toString())) {
                    names.add(name);
                    found.add(new Found(last, name, attributes.size() <= SMALL_BYTES));
                }
            } catch (IOException e) {
                fail(name, e);
            }
        }
        return found;
    }

    /** Whether a file in a directory is meant, of this last name. */
    private boolean isMeant(String last) {
        return naming.takes(last) && !TemporaryFiles.isName(last);
    }

    private void fail(String name, IOException failure) {
        exitCode = console.failed(name, FileFailure.of(name, failure));
    }

    /** The names of all, in order. */
    List<String> names() {
        return names;
    }

    /**
     * Does something with each, one after the other.
     *
     * @return the exit code: 1 if anything failed
     * @throws IOException if standard output takes no more
     */
    int forEach(Action action) throws IOException {
        return forEach(action, 1);
    }

    /**
     * Does something with each, with several small files of a directory at a time. What is said
     * comes in the order of the files all the same.
     *
     * @param threads how many at a time
     */
    int forEach(Action action, int threads) throws IOException {
        for (Entry entry : entries) {
            switch (entry) {
                case Named(String name) -> attempt(name, () -> acceptNamed(name, action));
                case Tree tree -> {
                    try (OpenDirectory directory = tree.directory();
                            var tasks = new OrderedTasks(threads, console, this::attempt)) {
                        acceptAll(directory, tree.entries(), action, tasks);
                    }
                }
                case Found _, Folder _ -> throw new IllegalStateException("not an argument");
            }
        }
        return exitCode;
    }

    private void acceptNamed(String name, Action action) throws IOException {
        if (name.equals(Input.STANDARD_INPUT)) {
            action.accept(Source.STANDARD_INPUT, console);
            return;
        }
        try (Place place = Place.of(name)) {
            action.accept(new Source(name, Optional.of(place)), console);
        }
    }

    /** The directory stays open until all tasks have ended that work in it. */
    private void acceptAll(
            OpenDirectory directory, List<Entry> found, Action action, OrderedTasks tasks)
            throws IOException {
        try {
            for (Entry entry : found) {
                if (entry instanceof Found(Path last, String name, boolean isSmall)) {
                    Place place = Place.found(directory, last, name);
                    var source = new Source(name, Optional.of(place));
                    tasks.run(name, said -> action.accept(source, said), isSmall);
                } else if (entry instanceof Folder folder) {
                    tasks.await();
                    attempt(folder.name(), () -> acceptFolder(directory, folder, action, tasks));
                }
            }
        } finally {
            tasks.await();
        }
    }

    private void acceptFolder(
            OpenDirectory directory, Folder folder, Action action, OrderedTasks tasks)
            throws IOException {
        OpenDirectory inner;
        try {
            inner = directory.enter(folder.last());
        } catch (IOException e) {
            throw new FileFailure(folder.name(), e);
        }
        try (inner) {
            acceptAll(inner, folder.entries(), action, tasks);
        }
    }

    private void attempt(String name, OrderedTasks.Step step) throws IOException {
        try {
            step.run();
        } catch (StandardOutput.OutputException e) {
            throw e; // the other files have nowhere to go either
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            exitCode = console.failed(Input.label(name), e);
        }
    }
}
