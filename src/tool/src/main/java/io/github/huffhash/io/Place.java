package io.github.huffhash.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where a file is, or will be: an open directory and a last name. Files are opened, made, named,
 * described and deleted by it alone, so that no path is looked up twice.
 */
public final class Place implements Closeable {
    /** What Java reads instead of bytes that are not UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private final OpenDirectory directory;
    private final boolean owned;
    private final Path last;
    private final String name;
    private final boolean followed;

    private Place(
            OpenDirectory directory, boolean owned, Path last, String name, boolean followed) {
        this.directory = directory;
        this.owned = owned;
        this.last = last;
        this.name = name;
        this.followed = followed;
    }

    /**
     * The place that a user named. A link there is followed for reading.
     *
     * @throws FileFailure if there is no such directory, no file can have this name, or it ends in
     *     a slash and is that of a file
     */
    public static Place of(String name) throws FileFailure {
        if (name.isEmpty()) {
            throw new FileFailure(name, "no such file"); // as a path it would be the directory
        }
        requireUtf8(name);
        try {
            Path path = Path.of(name);
            Path last = Optional.ofNullable(path.getFileName()).orElse(Path.of("."));
            var place = new Place(OpenDirectory.of(parent(path)), true, last, name, true);
            if (name.endsWith("/")) {
                place.refuseFile();
            }
            return place;
        } catch (InvalidPathException e) {
            throw new FileFailure(name, "invalid file name: " + e.getReason());
        } catch (IOException e) {
            throw new FileFailure(name, e);
        }
    }

    private void refuseFile() throws IOException {
        try {
            if (attributesIfAny(true).filter(its -> !its.isDirectory()).isPresent()) {
                throw new NotDirectoryException(name);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Fails if a name was not UTF-8: bytes that are none have become U+FFFD, and another file may
     * be called that.
     */
    public static void requireUtf8(String name) throws FileFailure {
        if (name.indexOf(REPLACEMENT) >= 0) {
            throw new FileFailure(
                    name,
                    "the name is not UTF-8; rename the file, or redirect it into standard input");
        }
    }

    /** The directory of a path. */
    public static Path parent(Path path) {
        return Optional.ofNullable(path.getParent())
                .orElse(Optional.ofNullable(path.getRoot()).orElse(Path.of(".")));
    }

    /**
     * A place that was found in a directory: a link there is not followed.
     *
     * @param directory stays the caller's
     * @param name the name in messages
     */
    public static Place found(OpenDirectory directory, Path last, String name) {
        return new Place(directory, false, last, name, false);
    }

    /**
     * A place in the same directory, which is open as long as this one's.
     *
     * @throws FileFailure if no file can have this name
     */
    public Place sibling(String lastName, String nameInMessages) throws FileFailure {
        try {
            return new Place(directory, false, Path.of(lastName), nameInMessages, false);
        } catch (InvalidPathException e) {
            throw new FileFailure(nameInMessages, "invalid file name: " + e.getReason());
        }
    }

    /** The name as the user gave it, or knows it. */
    public String name() {
        return name;
    }

    /** The last part of the name. */
    public String lastName() {
        return last.toString();
    }

    /** Whether a link is followed for reading. */
    boolean isFollowed() {
        return followed;
    }

    /**
     * Attributes of the file here.
     *
     * @param follow whether a link stands for that to which it leads
     */
    public BasicFileAttributes attributes(boolean follow) throws IOException {
        return directory.attributes(last, follow);
    }

    /** The same; empty if there is no file, or a followed link leads nowhere. */
    public Optional<BasicFileAttributes> attributesIfAny(boolean follow) throws IOException {
        try {
            return Optional.of(attributes(follow));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /**
     * Whether the file here is still the one that it was, with the same size and time.
     *
     * @param before its attributes then
     * @param follow whether a link is followed
     */
    public boolean isStill(BasicFileAttributes before, boolean follow) throws IOException {
        BasicFileAttributes now = attributes(follow);
        return Objects.equals(before.fileKey(), now.fileKey())
                && before.size() == now.size()
                && before.lastModifiedTime().equals(now.lastModifiedTime());
    }

    /**
     * What identifies the file here, whatever its name; the same for all where there is no such.
     */
    Object key() throws IOException {
        return Objects.requireNonNullElse(attributes(false).fileKey(), "none");
    }

    BasicFileAttributeView view() {
        return directory.view(last, false);
    }

    /** How many names the file has, where the system counts them. */
    public int links() throws IOException {
        Path held = directory.held().resolve(last);
        return held.getFileSystem().supportedFileAttributeViews().contains("unix")
                        && Files.getAttribute(held, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                                instanceof Integer links
                ? links
                : 1;
    }

    /** The key of the directory, where the system has such keys. */
    Optional<Object> directoryKey() throws IOException {
        return directory.key();
    }

    /** The last names of all that is in the directory. */
    String[] siblings() throws IOException {
        return directory.names();
    }

    /** The path of the directory, without links. */
    public Path realDirectory() throws IOException {
        return directory.held().toRealPath();
    }

    /** Opens the file. */
    FileChannel open(OpenOption... how) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(how));
        if (!followed) {
            options.add(LinkOption.NOFOLLOW_LINKS);
        }
        return directory.open(last, options);
    }

    /**
     * Makes a file, to write and read.
     *
     * @param shared whether it gets the permissions of any new file, or is its owner's alone
     * @throws IOException if there is one already, if only as a link
     */
    FileChannel create(boolean shared) throws IOException {
        FileAttribute<?>[] attributes =
                shared || !last.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[0]
                        : new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        };
        return directory.open(
                last,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.READ,
                        LinkOption.NOFOLLOW_LINKS),
                attributes);
    }

    /** Gives the file another name in its directory, also that of another, which is gone then. */
    void rename(Place to) throws IOException {
        directory.rename(last, to.last);
    }

    /**
     * Gives the file one more name in its directory.
     *
     * @throws java.nio.file.FileAlreadyExistsException if that is there
     */
    void link(Place to) throws IOException {
        Path held = directory.held();
        Files.createLink(held.resolve(to.last), held.resolve(last));
    }

    void delete() throws IOException {
        directory.delete(last);
    }

    /** Waits until the names in the directory are on disk. */
    void syncDirectory() throws IOException {
        directory.sync();
    }

    /** Closes the directory of a place that a user named. */
    @Override
    public void close() throws IOException {
        if (owned) {
            directory.close();
        }
    }
}
