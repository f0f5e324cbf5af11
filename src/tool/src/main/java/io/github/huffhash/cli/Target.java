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

/** What an output's name stands for. */
enum Target {
    /** Nothing yet: it is made, and nobody else's file of that name is touched. */
    NEW,
    /** A file, or a link, in whose place the output goes. */
    REPLACED,
    /** A device or a pipe with a name, which is written to as it is. */
    IN_PLACE;

    /**
     * Finds out, and asks if need be.
     *
     * @param input the input's name
     * @param named whether the user named the output
     * @throws FileFailure if the output is not to be written
     */
    static Target of(
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

    /**
     * Whether there is anything of that name. A name that no file can have fails here, before there
     * is work that would be lost.
     */
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
        if (!Prompt.mayOverwrite(output)) {
            throw new FileFailure(output, "not overwritten");
        }
    }

    private static Path path(String name) throws FileFailure {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new FileFailure(name, "not a file name here: " + e.getReason());
        }
    }

    /** No file that could be replaced; nor is a link that the system keeps for open files. */
    private static boolean isSpecial(Path path) throws IOException {
        if (!Files.exists(path)) {
            return false; // a link to nowhere
        }
        return !Files.isRegularFile(path)
                || (Files.isSymbolicLink(path) && isTheSystems(path.resolveSibling(".")));
    }

    private static boolean isTheSystems(Path directory) throws IOException {
        Path real = directory.toRealPath();
        return real.equals(Path.of("/dev")) || real.startsWith("/proc");
    }
}
