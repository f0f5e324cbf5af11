package io.github.huffhash.io;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;
import org.apache.commons.io.output.ProxyOutputStream;

/**
 * A file that appears under its name whole or not at all.
 *
 * <p>What is written goes to a new file in the same directory, which only its owner may read and
 * whose name cannot be guessed. {@link #publish} gives it its name; otherwise it is deleted when
 * this is closed or the process ends.
 */
public final class OutputFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Place place;
    private final Unfinished file;
    private final Optional<FileMetadata> metadata;
    private final OutputStream stream;
    private boolean published;

    private OutputFile(
            Place place, Unfinished file, Optional<FileMetadata> metadata, OutputStream content) {
        this.place = place;
        this.file = file;
        this.metadata = metadata;
        stream = new BufferedOutputStream(new Named(place.name(), content), BUFFER_BYTES);
    }

    /**
     * Begins a file.
     *
     * @param place where it is to be; stays open until this is closed
     * @param metadata whose mode and times it is to have; without: those of any new file
     * @param sparse whether to leave holes where the content is zeros
     * @throws FileFailure if there cannot be a file of that name
     */
    public static OutputFile create(Place place, Optional<FileMetadata> metadata, boolean sparse)
            throws FileFailure {
        try {
            Unfinished file = TemporaryFiles.createBeside(place, false);
            OutputStream content =
                    sparse
                            ? new SparseOutputStream(file.channel())
                            : Channels.newOutputStream(file.channel());
            return new OutputFile(place, file, metadata, content);
        } catch (IOException e) {
            throw FileFailure.of(place.name(), e);
        }
    }

    /**
     * Opens what is no regular file, a device or a pipe with a name, to write to as it is.
     *
     * @throws FileFailure if it cannot be opened
     */
    public static OutputStream inPlace(Place place) throws FileFailure {
        try {
            BasicFileAttributes attributes = place.attributes(true);
            if (attributes.isRegularFile() && attributes.size() > 0) {
                // by such a name it would be overwritten from its beginning
                throw new FileFailure(
                        place.name(), "is an open regular file; redirect -c to it instead");
            }
            return new Named(
                    place.name(), Channels.newOutputStream(place.open(StandardOpenOption.WRITE)));
        } catch (IOException e) {
            throw FileFailure.of(place.name(), e);
        }
    }

    /** Failures get the file's name. */
    private static final class Named extends ProxyOutputStream {
        private final String name;

        Named(String name, OutputStream stream) {
            super(stream);
            this.name = name;
        }

        @Override
        protected void handleIOException(IOException e) throws IOException {
            throw new FileFailure(name, e);
        }
    }

    /** Takes the content. Its failures name the file. */
    public OutputStream stream() {
        return stream;
    }

    /**
     * What has been written, to be read from the beginning; nothing can be written any more. It
     * need not be closed.
     *
     * @throws FileFailure if writing what was buffered fails
     */
    public Input reread() throws IOException {
        stream.flush();
        return Input.over(file.channel(), place.name(), file.channel().size());
    }

    /**
     * Gives the file its mode, its times and then its name.
     *
     * @param replace whether another file of that name may go; until this one has its name, that
     *     one has it
     * @param sync whether to return only when all of it is on disk
     * @throws FileFailure if anything fails; nothing of that name has changed then, unless syncing
     *     the name itself failed
     */
    public void publish(boolean replace, boolean sync) throws IOException {
        stream.flush();
        try (FileChannel other = file.openAgain()) {
            FileMetadata wanted = metadata.isPresent() ? metadata.get() : ofAnyNewFile();
            if (file.descriptor().isEmpty()) {
                expectTheSame(); // what has the name now gets the mode
            }
            wanted.applyTo(view(), file.descriptor());
            file.lockAgain(file.channel());
            if (sync) {
                file.channel().force(true);
            }
            file.channel().close(); // which may tell that writing has failed
            file.lockAgain(other);
            expectTheSame();
            TemporaryFiles.publish(file.place(), place, replace);
            published = true;
            if (sync) {
                place.syncDirectory();
            }
        } catch (FileAlreadyExistsException _) {
            throw new FileFailure(place.name(), "has come into being meanwhile; not overwritten");
        } catch (DirectoryNotEmptyException _) {
            throw new FileFailure(place.name(), "is a directory");
        } catch (IOException e) {
            throw FileFailure.of(place.name(), e);
        }
    }

    /** The attributes of the open file, whatever its name has come to stand for. */
    private BasicFileAttributeView view() {
        return file.descriptor()
                .map(path -> Files.getFileAttributeView(path, PosixFileAttributeView.class))
                .map(BasicFileAttributeView.class::cast)
                .orElseGet(file.place()::view);
    }

    private void expectTheSame() throws IOException {
        if (!file.place().key().equals(file.key())) {
            throw new FileFailure(place.name(), "was replaced while it was written");
        }
    }

    /**
     * The mode of new files depends on the directory and the process, so an example file is
     * created.
     */
    private FileMetadata ofAnyNewFile() throws IOException {
        Unfinished example = TemporaryFiles.createBeside(place, true);
        try (var _ = example.channel()) {
            return FileMetadata.ofNew(example.place().attributes(false));
        } finally {
            TemporaryFiles.delete(example.place());
        }
    }

    /** Deletes what was not published. */
    @Override
    public void close() throws IOException {
        try {
            file.channel().close();
        } finally {
            if (!published) {
                TemporaryFiles.delete(file.place());
            }
        }
    }
}
