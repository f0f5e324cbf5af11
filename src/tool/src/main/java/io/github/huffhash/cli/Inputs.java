package io.github.huffhash.cli;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.cli.FileOptions.Recursion;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.function.IOBiConsumer;
import org.apache.commons.io.function.IORunnable;

/**
 * The inputs that the arguments stand for, one after another. One that fails does not keep the
 * others from their turn.
 *
 * <p>What is found in directories is found once. A directory is open while it is listed, and again
 * while its files have their turn, if it is the same directory then: a tree cannot be left, and
 * neither its depth nor the number of trees takes descriptors.
 */
final class Inputs {
    /** One unit: the coding of such a file is no work for several threads. */
    private static final int SMALL_BYTES = CompressOptions.MAX_UNIT_BYTES;

    private final boolean takesAll;
    private final Naming naming;
    private final Console console;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private int exitCode;

    /** What is done by itself, after what is before it. */
    private sealed interface Entry {}

    /** A file, or standard input, by its name. */
    private record Named(String name) implements Entry {}

    /** Files of one directory that follow each other. */
    private record Group(Folder folder, List<Found> files) implements Entry {}

    /** What there is in a directory. */
    private sealed interface Item {}

    /** A file in a directory. */
    private record Found(Folder folder, Path last, String name, boolean isSmall) implements Item {}

    /** A directory, and the file key that tells whether another one has come in its place. */
    private record Folder(Path path, Optional<Object> key) implements Item {
        static Folder of(Path path, BasicFileAttributes attributes) {
            return new Folder(path, Optional.ofNullable(attributes.fileKey()));
        }

        String name() {
            return path.toString();
        }

        OpenDirectory open() throws FileFailure {
            try {
                return OpenDirectory.of(path, key);
            } catch (IOException e) {
                throw FileFailure.of(name(), e);
            }
        }
    }

    /**
     * One input.
     *
     * @param name its name
     * @param place where it is; standard input is nowhere
     */
    record Source(String name, Optional<Place> place) {
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

    /**
     * Finds the inputs. An argument that stands for nothing is reported.
     *
     * @param recursion which files in directories are meant
     * @param naming tells by their suffixes
     */
    Inputs(List<String> arguments, Recursion recursion, Naming naming, Console console) {
        takesAll = recursion == Recursion.ALL && naming == Naming.DECOMPRESSED;
        this.naming = naming;
        this.console = console;
        for (String argument : arguments) {
            if (!isDirectory(argument)) {
                names.add(argument);
                entries.add(new Named(argument));
            } else if (recursion != Recursion.NONE) {
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

    private void addTree(Path root) {
        Deque<Item> rest = new ArrayDeque<>();
        try {
            Place.requireUtf8(root.toString());
            rest.push(Folder.of(root, Files.readAttributes(root, BasicFileAttributes.class)));
        } catch (IOException e) {
            fail(root.toString(), e);
        }
        while (!rest.isEmpty()) {
            switch (rest.pop()) {
                case Folder folder -> contents(folder).reversed().forEach(rest::push);
                case Found file -> add(file);
            }
        }
    }

    /** What there is in a directory, sorted by name. */
    private List<Item> contents(Folder folder) {
        List<Item> contents = new ArrayList<>();
        try (OpenDirectory directory = folder.open()) {
            for (Path last : directory.entries()) {
                Path path = folder.path().resolve(last);
                String name = path.toString();
                try {
                    Place.requireUtf8(name);
                    BasicFileAttributes attributes = directory.attributes(last, false);
                    if (attributes.isDirectory()) {
                        contents.add(Folder.of(path, attributes));
                    } else if (attributes.isRegularFile() && isMeant(last.toString())) {
                        boolean isSmall = attributes.size() <= SMALL_BYTES;
                        contents.add(new Found(folder, last, name, isSmall));
                    }
                } catch (IOException e) {
                    fail(name, e);
                }
            }
        } catch (IOException e) {
            fail(folder.name(), e);
        }
        return contents;
    }

    private void add(Found file) {
        names.add(file.name());
        if (!entries.isEmpty()
                && entries.getLast() instanceof Group(Folder folder, List<Found> files)
                && folder.equals(file.folder())) {
            files.add(file);
        } else {
            entries.add(new Group(file.folder(), new ArrayList<>(List.of(file))));
        }
    }

    /** Whether a file in a directory is meant, of this last name. */
    private boolean isMeant(String last) {
        return (takesAll || naming.takes(last)) && !TemporaryFiles.isName(last);
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
     * @param action says to this console what there is to say of it
     * @return the exit code: 1 if anything failed
     * @throws IOException if standard output takes no more
     */
    int forEach(IOBiConsumer<Source, Console> action) throws IOException {
        return forEach(action, 1);
    }

    /**
     * Does something with each, with several small files of a directory at a time. What is said
     * comes in the order of the files all the same.
     *
     * @param threads how many at a time
     */
    int forEach(IOBiConsumer<Source, Console> action, int threads) throws IOException {
        try (var tasks = new OrderedTasks(threads, console, this::attempt)) {
            for (Entry entry : entries) {
                switch (entry) {
                    case Named(String name) -> attempt(name, () -> acceptNamed(name, action));
                    case Group group ->
                            attempt(group.folder().name(), () -> acceptAll(group, action, tasks));
                }
            }
        }
        return exitCode;
    }

    private void acceptNamed(String name, IOBiConsumer<Source, Console> action) throws IOException {
        if (name.equals(Input.STANDARD_INPUT)) {
            action.accept(new Source(name, Optional.empty()), console);
            return;
        }
        try (Place place = Place.of(name)) {
            action.accept(new Source(name, Optional.of(place)), console);
        }
    }

    /** The directory stays open until all tasks have ended that work in it. */
    private static void acceptAll(
            Group group, IOBiConsumer<Source, Console> action, OrderedTasks tasks)
            throws IOException {
        try (OpenDirectory directory = group.folder().open()) {
            try {
                for (Found file : group.files()) {
                    Place place = Place.found(directory, file.last(), file.name());
                    var source = new Source(file.name(), Optional.of(place));
                    tasks.run(file.name(), said -> action.accept(source, said), file.isSmall());
                }
            } finally {
                tasks.await();
            }
        }
    }

    private void attempt(String name, IORunnable step) throws IOException {
        try {
            step.run();
        } catch (StandardOutput.OutputException e) {
            throw e; // the other files have nowhere to go either
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            exitCode = console.failed(Input.label(name), e);
        }
    }
}
