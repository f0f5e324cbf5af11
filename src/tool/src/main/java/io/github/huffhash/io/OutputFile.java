package io.github.huffhash.io;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that appears under its name whole or not at all.
 *
 * <p>What is written goes to a file beside it that nobody else may read, whose name cannot be
 * guessed and was not there before. {@link #publish} gives it its name; without that it is gone
 * when this is closed, or the process ends.
 */
public final class OutputFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;
    private final Path path;
    private final Path temporary;
    private final Optional<FileLikeness> likeness;
    private final FileChannel channel;
    private final OutputStream stream;

    private OutputFile(
            String name,
            Path path,
            Path temporary,
            Optional<FileLikeness> likeness,
            FileChannel channel) {
        this.name = name;
        this.path = path;
        this.temporary = temporary;
        this.likeness = likeness;
        this.channel = channel;
        stream = new BufferedOutputStream(new NamedOutputStream(name, channel), BUFFER_BYTES);
    }

    /**
     * Begins a file.
     *
     * @param name its name, as the user knows it
     * @param likeness whose mode and times it is to have; nobody's: those of any new file
     * @throws FileFailure if there cannot be a file of that name
     */
    public static OutputFile create(String name, Optional<FileLikeness> likeness)
            throws FileFailure {
        try {
            Path path = Path.of(name);
            Path directory = name.endsWith("/") ? path : directory(path);
            if (!Files.isDirectory(directory)) {
                throw new FileFailure(name, "there is no directory " + directory);
            }
            Path temporary = unusedName(directory);
            return new OutputFile(
                    name, path, temporary, likeness, TemporaryFiles.createPrivate(temporary));
        } catch (InvalidPathException e) {
            throw new FileFailure(name, "invalid file name: " + e.getReason());
        } catch (FileFailure e) {
            throw e;
        } catch (IOException e) {
            throw new FileFailure(name, e);
        }
    }

    /**
     * Opens what is no regular file, a device or a pipe with a name, to write to as it is.
     *
     * @throws FileFailure if it cannot be opened
     */
    public static OutputStream inPlace(String name) throws FileFailure {
        try {
            Path path = Path.of(name);
            if (Files.isRegularFile(path) && Files.size(path) > 0) {
                // by such a name it would be overwritten from its beginning
                throw new FileFailure(name, "is an open regular file; redirect -c to it instead");
            }
            return new NamedOutputStream(name, FileChannel.open(path, StandardOpenOption.WRITE));
        } catch (FileFailure e) {
            throw e;
        } catch (IOException e) {
            throw new FileFailure(name, e);
        }
    }

    private static Path directory(Path path) {
        return Optional.ofNullable(path.getParent()).orElse(Path.of("."));
    }

    private static Path unusedName(Path directory) {
        return directory.resolve(".huffhash-" + TemporaryFiles.unguessable() + ".tmp");
    }

    /** Takes the content. Its failures name the file. */
    public OutputStream stream() {
        return stream;
    }

    /**
     * What has been written so far, to be read again.
     *
     * @throws FileFailure if writing what was buffered fails, or opening it
     */
    public Input reopen() throws IOException {
        stream.flush();
        return Input.open(temporary, name);
    }

    /**
     * Gives the file its mode, its times and then its name.
     *
     * @param replace whether another file of that name may go, which has its name until this one
     *     gets it
     * @param sync whether to return only when all of it is on disk
     * @throws FileFailure if anything fails; nothing of that name has changed then, unless it is
     *     the name that did not reach the disk
     */
    public void publish(boolean replace, boolean sync) throws IOException {
        stream.flush();
        try {
            FileLikeness attributes = likeness.isPresent() ? likeness.get() : ofAnyNewFile();
            attributes.giveTo(temporary);
            if (sync) {
                channel.force(true);
            }
            channel.close();
            if (!replace && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileFailure(name, "has come into being meanwhile; not overwritten");
            }
            TemporaryFiles.move(temporary, path);
            if (sync) {
                syncDirectory();
            }
        } catch (FileFailure e) {
            throw e;
        } catch (DirectoryNotEmptyException _) {
            throw new FileFailure(name, "is a directory");
        } catch (IOException e) {
            throw new FileFailure(name, e);
        }
    }

    /** The mode of new files depends on the directory and the process; only one can show it. */
    private FileLikeness ofAnyNewFile() throws IOException {
        Path example = unusedName(directory(path));
        try (FileChannel _ = TemporaryFiles.createUsual(example)) {
            return FileLikeness.ofNew(example);
        } finally {
            TemporaryFiles.delete(example);
        }
    }

    private void syncDirectory() throws IOException {
        try (FileChannel directory = FileChannel.open(directory(path), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Deletes what was not published. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            TemporaryFiles.delete(temporary);
        }
    }
}
