package io.github.huffhash.cli;

import io.github.huffhash.cli.Inputs.Source;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import io.github.huffhash.io.Place;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the output of one input goes, if not to standard output.
 *
 * @param place its place; open until this is closed
 * @param kind what is there now
 * @param made directories made for it, the innermost first; removed by {@link #close} if they are
 *     still empty
 */
record OutputTarget(Place place, Kind kind, List<Path> made) implements Closeable {
    /** What is at the place of an output. */
    enum Kind {
        /** Nothing yet: the output is made, and no other file of that name is touched. */
        NEW,
        /** A file, or a link, in whose place the output goes. */
        REPLACED,
        /** A device or a pipe with a name, which is written to as it is. */
        IN_PLACE
    }

    /** How the name of the output comes from that of the input. */
    enum Naming {
        COMPRESSED,
        DECOMPRESSED;

        static final String SUFFIX = ".zst";

        /** Suffixes of compressed files, and what stands in their place when they are decoded. */
        private static final Map<String, String> SUFFIXES =
                Map.of(SUFFIX, "", ".zstd", "", ".tzst", ".tar");

        /** Suffixes by which zstd can be told to skip files of any compressor. */
        private static final Pattern OF_ANY_COMPRESSOR =
                Pattern.compile("\\.(t?zst|t?gz|t?xz|lzma|t?lz4)$");

        /** Whether a file that was found in a directory is meant. */
        boolean takes(String input) {
            return suffix(input).isPresent() == (this == DECOMPRESSED);
        }

        /** Whether a file is left alone, since it seems to be what it would become. */
        boolean isDone(String input) {
            return this == COMPRESSED && suffix(input).isPresent();
        }

        /** Whether a file is compressed already, by whatever program. */
        boolean excludes(String input) {
            return this == COMPRESSED && OF_ANY_COMPRESSOR.matcher(input).find();
        }

        /**
         * The output's name.
         *
         * @throws FileFailure if the input's name has not got the suffix that is to be taken away,
         *     or cannot be mirrored
         */
        String output(String input, FileOptions options) throws FileFailure {
            String name = this == COMPRESSED ? input + SUFFIX : decompressed(input);
            if (options.directory().isEmpty()) {
                return name;
            }
            String directory = options.directory().get();
            return directory
                    + (directory.endsWith("/") ? "" : "/")
                    + (options.mirrored() ? mirrored(name) : lastName(name));
        }

        /** The name as seen from the root or the working directory. */
        private static String mirrored(String name) throws FileFailure {
            Path path = Path.of(name).normalize();
            if (path.startsWith("..")) {
                throw new FileFailure(name, "is outside of the working directory, by ..");
            }
            return path.isAbsolute() ? path.toString().substring(1) : path.toString();
        }

        private static String decompressed(String input) throws FileFailure {
            Optional<String> suffix = suffix(input);
            if (suffix.isEmpty()) {
                throw new FileFailure(
                        input,
                        "does not end in " + SUFFIX + "; name the output with -o, or use -c");
            }
            return input.substring(0, input.length() - suffix.get().length())
                    + SUFFIXES.get(suffix.get());
        }

        /** The suffix of a compressed file, if there is something before it. */
        static Optional<String> suffix(String name) {
            String last = lastName(name);
            return SUFFIXES.keySet().stream()
                    .filter(suffix -> last.endsWith(suffix) && !last.equals(suffix))
                    .findFirst();
        }
    }

    private static String lastName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /**
     * Finds out what is there, and asks if need be.
     *
     * @param name the output's name
     * @param source whose output it is
     * @param input the same, open
     * @param mayAsk whether the user may be asked
     * @throws FileFailure if the output is not to be written
     */
    static OutputTarget of(
            String name, Source source, Input input, FileOptions options, boolean mayAsk)
            throws IOException {
        boolean named = options.output().isPresent();
        List<Path> made =
                options.mirrored() ? makeDirectory(Place.parent(Path.of(name))) : List.of();
        try {
            Place place =
                    named || options.directory().isPresent() || source.place().isEmpty()
                            ? placeOf(name)
                            : source.place().get().sibling(lastName(name), name);
            try {
                Kind kind = kind(place, input, named);
                if (kind == Kind.REPLACED && !options.force()) {
                    askFor(name, mayAsk);
                }
                return new OutputTarget(place, kind, made);
            } catch (IOException e) {
                place.close();
                throw FileFailure.of(name, e);
            }
        } catch (IOException e) {
            removeIfEmpty(made);
            throw e;
        }
    }

    /** Makes a directory and those around it; returns those that there were not. */
    private static List<Path> makeDirectory(Path directory) throws FileFailure {
        List<Path> missing = new ArrayList<>();
        for (Path each = directory;
                each != null && Files.notExists(each);
                each = each.getParent()) {
            missing.add(each);
        }
        try {
            Files.createDirectories(directory);
            return missing;
        } catch (FileAlreadyExistsException _) {
            throw new FileFailure(directory.toString(), "is not a directory");
        } catch (IOException e) {
            removeIfEmpty(missing);
            throw new FileFailure(directory.toString(), e);
        }
    }

    private static void removeIfEmpty(List<Path> directories) {
        try {
            for (Path directory : directories) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException _) {
            // one that has something in it stays, as do those around it
        }
    }

    /** The place of an output. */
    static Place placeOf(String name) throws FileFailure {
        try {
            return Place.of(name);
        } catch (FileFailure e) {
            if (e.getCause() instanceof NoSuchFileException) {
                throw new FileFailure(name, "there is no directory " + Place.parent(Path.of(name)));
            }
            throw e;
        }
    }

    /** Fails if a new output's name ends in a slash. */
    static void requireFileName(String name) throws FileFailure {
        if (name.endsWith("/")) {
            throw new FileFailure(name, "there is no directory " + Path.of(name));
        }
    }

    private static Kind kind(Place place, Input input, boolean named) throws IOException {
        String name = place.name();
        Optional<BasicFileAttributes> own = place.attributesIfAny(false);
        if (own.isEmpty()) {
            requireFileName(name);
            return Kind.NEW;
        }
        Optional<BasicFileAttributes> attributes = place.attributesIfAny(true);
        if (attributes.isEmpty()) {
            return Kind.REPLACED; // a link to nowhere
        }
        if (attributes.get().isDirectory()) {
            throw new FileFailure(name, "is a directory");
        }
        if (!attributes.get().isRegularFile()
                || (own.get().isSymbolicLink() && isTheSystems(place.realDirectory()))) {
            if (!named) {
                throw new FileFailure(name, "is not a regular file; name it with -o to use it");
            }
            return Kind.IN_PLACE;
        }
        if (input.is(attributes.get())) {
            throw new FileFailure(name, "is the input itself");
        }
        return Kind.REPLACED;
    }

    /** Whether links there are those that the system keeps for open files. */
    private static boolean isTheSystems(Path directory) {
        return directory.equals(Path.of("/dev")) || directory.startsWith("/proc");
    }

    private static void askFor(String output, boolean mayAsk) throws IOException {
        if (!mayAsk || !Terminal.isStandardInput()) {
            throw new FileFailure(output, "already exists; not overwritten (-f overwrites)");
        }
        if (!Terminal.mayOverwrite(output)) {
            throw new FileFailure(output, "not overwritten");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            place.close();
        } finally {
            removeIfEmpty(made);
        }
    }
}
