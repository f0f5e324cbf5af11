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
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;
import java.util.Optional;

/**
 * A file that appears under its name whole or not at all.
 *
 * <p>What is written goes to a file in the same directory that nobody else may read, whose name
 * cannot be guessed and was not there before. {@link #publish} gives it its name; without that it
 * is gone when this is closed, or the process ends.
 */
public final class OutputFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Place place;
    private final Place temporary;
    private final Optional<FileMetadata> metadata;
    private final FileChannel channel;
    private final Object key;
    private final OutputStream stream;

    private OutputFile(
            Place place, Place temporary, Optional<FileMetadata> metadata, FileChannel channel)
            throws IOException {
        this.place = place;
        this.temporary = temporary;
        this.metadata = metadata;
        this.channel = channel;
        key = key(temporary.attributes(false));
        stream = new BufferedOutputStream(new Named(place.name(), channel), BUFFER_BYTES);
    }

    /**
     * Begins a file.
     *
     * @param place where it is to be; stays open until this is closed
     * @param metadata whose mode and times it is to have; without: those of any new file
     * @throws FileFailure if there cannot be a file of that name
     */
    public static OutputFile create(Place place, Optional<FileMetadata> metadata)
            throws FileFailure {
        try {
            Place temporary = TemporaryFiles.unusedName(place);
            FileChannel channel = TemporaryFiles.create(temporary, false);
            return new OutputFile(place, temporary, metadata, channel);
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
            return new Named(place.name(), place.open(StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw FileFailure.of(place.name(), e);
        }
    }

    /** Writes to a channel; what fails, fails with the file's name. */
    private static final class Named extends OutputStream {
        private final String name;
        private final FileChannel channel;
        private final OutputStream stream;

        Named(String name, FileChannel channel) {
            this.name = name;
            this.channel = channel;
            stream = Channels.newOutputStream(channel);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                stream.write(bytes, from, length);
            } catch (IOException e) {
                throw new FileFailure(name, e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } catch (IOException e) {
                throw new FileFailure(name, e);
            }
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
        return Input.over(channel, place.name());
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
        try {
            FileMetadata wanted = metadata.isPresent() ? metadata.get() : ofAnyNewFile();
            wanted.applyTo(openFile());
            if (sync) {
                channel.force(true);
            }
            channel.close();
            expectTheSame(temporary.attributes(false));
            TemporaryFiles.publish(temporary, place, replace);
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
    private BasicFileAttributeView openFile() throws IOException {
        expectTheSame(temporary.attributes(false));
        Optional<Path> descriptor =
                OpenDirectory.descriptor(
                        path -> Files.readSymbolicLink(path).endsWith(temporary.lastName()));
        if (descriptor.isEmpty()) {
            return temporary.view();
        }
        var view = Files.getFileAttributeView(descriptor.get(), PosixFileAttributeView.class);
        expectTheSame(view.readAttributes());
        return view;
    }

    private void expectTheSame(BasicFileAttributes attributes) throws FileFailure {
        if (!key(attributes).equals(key)) {
            throw new FileFailure(place.name(), "was replaced while it was written");
        }
    }

    private static Object key(BasicFileAttributes attributes) {
        return Objects.requireNonNullElse(attributes.fileKey(), "none");
    }

    /** The mode of new files depends on the directory and the process; only one can show it. */
    private FileMetadata ofAnyNewFile() throws IOException {
        Place example = TemporaryFiles.unusedName(place);
        try (FileChannel _ = TemporaryFiles.create(example, true)) {
            return FileMetadata.ofNew(example.attributes(false));
        } finally {
            TemporaryFiles.delete(example);
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
