package io.github.huffhash.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An open directory. Last names are looked up in it, not by a path that may lead elsewhere by then.
 *
 * <p>It is only a path where Java has no {@link SecureDirectoryStream}, and where the directory can
 * be searched but not read.
 */
public final class OpenDirectory implements Closeable {
    private final Path path;
    private final Optional<SecureDirectoryStream<Path>> stream;

    /** What {@link #held} returns, once it has been asked for. */
    private volatile Optional<Path> held = Optional.empty();

    /** What {@link #key} returns, once it has been asked for. */
    private volatile Optional<Object> key = Optional.empty();

    private OpenDirectory(Path path, Optional<SecureDirectoryStream<Path>> stream) {
        this.path = path;
        this.stream = stream;
    }

    /** Opens a directory; links are followed. */
    @SuppressWarnings("StreamResourceLeak") // closed with this
    public static OpenDirectory of(Path path) throws IOException {
        try {
            DirectoryStream<Path> opened = Files.newDirectoryStream(path);
            if (opened instanceof SecureDirectoryStream<Path> secure) {
                return new OpenDirectory(path, Optional.of(secure));
            }
            opened.close();
        } catch (AccessDeniedException _) {
            // it can be searched all the same
        }
        return new OpenDirectory(path, Optional.empty());
    }

    /**
     * Opens a directory if it is the one with this {@link #key}; links are followed.
     *
     * @throws IOException also if it is another one
     */
    public static OpenDirectory of(Path path, Optional<Object> key) throws IOException {
        OpenDirectory directory = of(path);
        if (!directory.key().equals(key)) {
            directory.close();
            throw new FileFailure(path.toString(), "was replaced by another directory");
        }
        return directory;
    }

    /** The last names of what is in it, sorted. */
    public SortedSet<Path> entries() throws IOException {
        SortedSet<Path> names = new TreeSet<>();
        try (DirectoryStream<Path> entries =
                stream.isPresent()
                        ? stream.get().newDirectoryStream(Path.of("."))
                        : Files.newDirectoryStream(path)) {
            entries.forEach(entry -> names.add(entry.getFileName()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** The same as text, unsorted, none if it cannot be read: cheaper for many. */
    String[] names() throws IOException {
        return Objects.requireNonNullElseGet(held().toFile().list(), () -> new String[0]);
    }

    /** Attributes of a file, or of that to which a link leads; those of POSIX where it has them. */
    public BasicFileAttributes attributes(Path last, boolean follow) throws IOException {
        return view(last, follow).readAttributes();
    }

    BasicFileAttributeView view(Path last, boolean follow) {
        LinkOption[] options =
                follow ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        return Optional.<BasicFileAttributeView>ofNullable(
                        view(last, PosixFileAttributeView.class, options))
                .orElseGet(() -> view(last, BasicFileAttributeView.class, options));
    }

    private <V extends FileAttributeView> V view(Path last, Class<V> type, LinkOption... options) {
        return stream.isPresent()
                ? stream.get().getFileAttributeView(last, type, options)
                : Files.getFileAttributeView(path.resolve(last), type, options);
    }

    FileChannel open(Path last, Set<OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return stream.isPresent()
                ? (FileChannel) stream.get().newByteChannel(last, options, attributes)
                : FileChannel.open(path.resolve(last), options, attributes);
    }

    /** Gives a file another name, also that of another file, which is gone then. */
    void rename(Path from, Path to) throws IOException {
        if (stream.isPresent()) {
            stream.get().move(from, stream.get(), to);
        } else {
            Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    void delete(Path last) throws IOException {
        if (stream.isPresent()) {
            stream.get().deleteFile(last);
        } else {
            Files.delete(path.resolve(last));
        }
    }

    /** Waits until all names in it are on disk. */
    void sync() throws IOException {
        try (FileChannel names = open(Path.of("."), Set.of(StandardOpenOption.READ))) {
            names.force(true);
        }
    }

    /**
     * A path to this very directory, for what Java can do by paths alone (links): that of its
     * descriptor, where the system names descriptors.
     */
    Path held() throws IOException {
        if (stream.isEmpty()) {
            return path;
        }
        if (held.isEmpty()) {
            Optional<Path> descriptor =
                    key().isPresent() ? Descriptors.anyOf(key().get()) : Optional.empty();
            held = Optional.of(descriptor.orElse(path));
        }
        return held.get();
    }

    /** The directory's file key, where the system has such keys. */
    public Optional<Object> key() throws IOException {
        if (key.isEmpty()) {
            BasicFileAttributes attributes =
                    stream.isPresent()
                            ? stream.get()
                                    .getFileAttributeView(BasicFileAttributeView.class)
                                    .readAttributes()
                            : Files.readAttributes(path, BasicFileAttributes.class);
            key = Optional.ofNullable(attributes.fileKey());
        }
        return key;
    }

    @Override
    public void close() throws IOException {
        held = Optional.empty(); // the descriptor will be that of another file
        if (stream.isPresent()) {
            stream.get().close();
        }
    }
}
