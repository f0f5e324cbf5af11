package io.github.huffhash.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The descriptors of this process, where the system names them: paths to open files, whatever the
 * files' own names have come to stand for.
 */
final class Descriptors {
    private static final Path DIRECTORY = Path.of("/proc/self/fd");

    /** Whether the system names descriptors. */
    static final boolean ARE_NAMED = Files.isDirectory(DIRECTORY);

    /** Held while a channel is opened and its descriptor found, and while it is closed. */
    static final Object LOCK = new Object();

    /**
     * Those that were found, the one that was not looked at for longest first, and whose they are
     * or were: files are opened one after the other, so descriptors come again. Guarded by the
     * lock.
     */
    private static final LinkedHashMap<Path, FileChannel> FOUND = new LinkedHashMap<>();

    private Descriptors() {}

    /**
     * A descriptor.
     *
     * @param path a path to the open file
     * @param attributes of the open file
     */
    record Descriptor(Path path, BasicFileAttributes attributes) {}

    /**
     * A file that is open for reading.
     *
     * @param path a path to it, where the system names descriptors
     */
    record OpenFile(FileChannel channel, BasicFileAttributes attributes, Optional<Path> path) {}

    /**
     * Opens what still is the file with these attributes: its descriptor tells, or its name.
     *
     * @throws FileFailure if it is another file
     */
    static OpenFile open(Place place, BasicFileAttributes before) throws IOException {
        synchronized (LOCK) {
            FileChannel channel = place.open(StandardOpenOption.READ);
            try {
                if (ARE_NAMED) {
                    Optional<Descriptor> descriptor = of(channel, before.fileKey());
                    if (descriptor.isPresent()) {
                        Descriptor found = descriptor.get();
                        return new OpenFile(channel, found.attributes(), Optional.of(found.path()));
                    }
                } else {
                    BasicFileAttributes attributes = place.attributes(place.isFollowed());
                    if (Objects.equals(attributes.fileKey(), before.fileKey())) {
                        return new OpenFile(channel, attributes, Optional.empty());
                    }
                }
                throw new FileFailure(place.name(), "was replaced while it was opened");
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
    }

    /**
     * The descriptor of a channel that was just opened; nothing if it is not of the file with this
     * key.
     *
     * <p>The caller holds {@link #LOCK} since before the channel was opened: of all open channels,
     * it is then the only one whose descriptor has not been found.
     */
    static Optional<Descriptor> of(FileChannel channel, Object key) throws IOException {
        for (Path path : List.copyOf(FOUND.keySet())) {
            FileChannel owner = FOUND.get(path);
            if (owner != null && !owner.isOpen()) {
                Optional<Descriptor> descriptor = find(path, key);
                FOUND.putLast(path, descriptor.isPresent() ? channel : owner);
                if (descriptor.isPresent()) {
                    return descriptor;
                }
            }
        }
        Optional<Descriptor> descriptor = search(key, path -> !FOUND.containsKey(path));
        descriptor.ifPresent(found -> FOUND.putLast(found.path(), channel));
        return descriptor;
    }

    /** A path to the open file or directory with this key, by whichever descriptor. */
    static Optional<Path> anyOf(Object key) throws IOException {
        return search(key, _ -> true).map(Descriptor::path);
    }

    private static Optional<Descriptor> search(Object key, Predicate<Path> filter)
            throws IOException {
        if (!ARE_NAMED) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(DIRECTORY, filter::test)) {
            for (Path path : descriptors) {
                Optional<Descriptor> descriptor = find(path, key);
                if (descriptor.isPresent()) {
                    return descriptor;
                }
            }
            return Optional.empty();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static Optional<Descriptor> find(Path path, Object key) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
            return key.equals(attributes.fileKey())
                    ? Optional.of(new Descriptor(path, attributes))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // closed meanwhile
        }
    }
}
