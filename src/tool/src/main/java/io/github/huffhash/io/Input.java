package io.github.huffhash.io;

import io.github.huffhash.io.Descriptors.OpenFile;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.input.ProxyInputStream;

/** A file, a device or standard input, read from its beginning to its end. */
public final class Input implements BlockSource, AutoCloseable {
    /** The name of standard input on the command line. */
    public static final String STANDARD_INPUT = "-";

    /** Small reads are served from a buffer of this many bytes; larger ones go past it. */
    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;

    private final FileChannel channel;
    private final InputStream stream;
    private final Optional<BasicFileAttributes> attributes;
    private final long expected;

    /** Whether content beyond what is expected is left out. */
    private final boolean limited;

    /** A path to what was opened, where the system has such paths. */
    private final Optional<Path> descriptor;

    /** Whether a read has come to the end: a file that grows then has ended all the same. */
    private boolean ended;

    /** Written by the thread that reads, read by any. */
    private volatile long position;

    private Input(
            String name,
            FileChannel channel,
            Optional<BasicFileAttributes> attributes,
            Optional<Path> descriptor,
            long expected,
            boolean limited) {
        this.name = name;
        this.descriptor = descriptor;
        this.channel = channel;
        this.attributes = attributes;
        this.expected = expected;
        this.limited = limited && expected > 0;
        int buffered = expected > 0 ? (int) Math.min(expected + 1, BUFFER_BYTES) : BUFFER_BYTES;
        var content = new BufferedInputStream(Channels.newInputStream(channel), buffered);
        stream =
                new ProxyInputStream(content) {
                    @Override
                    protected void handleIOException(IOException e) throws IOException {
                        throw new FileFailure(label(name), e);
                    }
                };
    }

    /** An input's name in messages. */
    public static String label(String name) {
        return name.equals(STANDARD_INPUT) ? "standard input" : name;
    }

    /**
     * Opens an input.
     *
     * @param name a file's name, or {@link #STANDARD_INPUT}
     * @throws FileFailure if there is no such file, it is a directory, or it cannot be opened
     */
    public static Input open(String name) throws FileFailure {
        return name.equals(STANDARD_INPUT) ? standard() : open(name, false, Optional.empty());
    }

    /**
     * Opens a regular file, to be read up to its size now.
     *
     * @param otherwise what is wrong with anything else
     * @throws FileFailure also if it is none
     */
    public static Input openRegular(String name, String otherwise) throws FileFailure {
        if (name.equals(STANDARD_INPUT)) {
            throw new FileFailure(label(name), otherwise);
        }
        return open(name, true, Optional.of(otherwise));
    }

    private static Input open(String name, boolean limited, Optional<String> otherwise)
            throws FileFailure {
        try (Place place = Place.of(name)) {
            return open(place, limited, otherwise);
        } catch (IOException e) {
            throw FileFailure.of(name, e);
        }
    }

    /** As {@link #openRegular(String, String)}, at a place. */
    public static Input openRegular(Place place, String otherwise) throws FileFailure {
        return open(place, true, Optional.of(otherwise));
    }

    /** Standard input. */
    public static Input standard() {
        FileChannel channel = new FileInputStream(FileDescriptor.in).getChannel();
        return new Input(STANDARD_INPUT, channel, Optional.empty(), Optional.empty(), 0, false);
    }

    /** The first bytes of a file that is open. */
    static Input over(FileChannel channel, String name, long bytes) throws IOException {
        channel.position(0);
        return new Input(name, channel, Optional.empty(), Optional.empty(), bytes, true);
    }

    /**
     * Opens a file; what was found in a directory must be regular.
     *
     * @param limited whether a file that grows is read up to its {@link #expected} size only
     * @throws FileFailure if it is not there, is a directory, or cannot be opened
     */
    public static Input open(Place place, boolean limited) throws FileFailure {
        var changed = Optional.of("is not a regular file any more");
        return open(place, limited, changed.filter(_ -> !place.isFollowed()));
    }

    private static Input open(Place place, boolean limited, Optional<String> otherwise)
            throws FileFailure {
        String name = place.name();
        try {
            BasicFileAttributes before = place.attributes(place.isFollowed());
            if (before.isDirectory()) {
                throw new FileFailure(name, "is a directory");
            }
            if (otherwise.isPresent() && !before.isRegularFile()) {
                throw new FileFailure(name, otherwise.get());
            }
            OpenFile file = Descriptors.open(place, before);
            // a device, a FIFO or a file of /proc has content whatever its size says
            long expected = file.attributes().isRegularFile() ? file.attributes().size() : 0;
            var attributes = Optional.of(file.attributes());
            return new Input(name, file.channel(), attributes, file.path(), expected, limited);
        } catch (IOException e) {
            throw FileFailure.of(name, e);
        }
    }

    @Override
    public int read(byte[] into, int length) throws IOException {
        if (ended) {
            return 0;
        }
        int count = IOUtils.read(stream(), into, 0, length);
        ended = count < length;
        return count;
    }

    /** The next bytes, at most so many, which stay to be read. */
    public byte[] peek(int bytes) throws IOException {
        stream.mark(bytes);
        byte[] next = stream.readNBytes(bytes);
        stream.reset();
        return next;
    }

    /** Whether the file has more content now than was read of it. */
    public boolean hasGrown() throws IOException {
        return limited && channel.size() > expected;
    }

    /**
     * Whether its name is now that of another file, or the file has been written to since it was
     * opened, as far as its size and time tell.
     */
    public boolean hasChanged() throws IOException {
        try (Place place = Place.of(name)) {
            return attributes.isPresent() && !place.isStill(attributes.get(), true);
        }
    }

    /** The same input as a stream; closing it closes the input. Use either, not both. */
    public InputStream stream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                long now = position;
                int allowed = limited ? (int) Math.min(length, expected - now) : length;
                if (allowed == 0 && length > 0) {
                    return -1;
                }
                int count = stream.read(into, offset, allowed);
                position = now + Math.max(0, count);
                if (count < 0 && now < expected) {
                    throw new FileFailure(
                            label(name),
                            "shrank from " + expected + " to " + now + " bytes while it was read");
                }
                return count;
            }

            @Override
            public void close() throws IOException {
                Input.this.close();
            }
        };
    }

    /** The same bytes of a regular file, read again from the first. */
    public Input reread() throws IOException {
        return over(channel, name, expected);
    }

    /** A regular file, to read any part of. */
    public SeekableByteChannel channel() {
        return channel;
    }

    /** The input's name as the user gave it. */
    public String name() {
        return name;
    }

    /** Attributes of what was opened, if it is a regular file. */
    public Optional<BasicFileAttributes> regular() {
        return attributes.filter(BasicFileAttributes::isRegularFile);
    }

    /** Whether these are attributes of what was opened. */
    public boolean is(BasicFileAttributes other) {
        return attributes
                .map(BasicFileAttributes::fileKey) // no key, no match
                .filter(key -> key.equals(other.fileKey()))
                .isPresent();
    }

    /** What an output takes over, if this is a regular file. */
    public Optional<FileMetadata> metadata() {
        return regular().map(regular -> FileMetadata.of(regular, descriptor));
    }

    /** How many bytes have been read. Any thread may ask. */
    public long position() {
        return position;
    }

    @Override
    public long expected() {
        return expected;
    }

    /** Standard input stays open: it may be asked for again, and is at its end then. */
    @Override
    public void close() throws IOException {
        if (!name.equals(STANDARD_INPUT)) {
            synchronized (Descriptors.LOCK) {
                stream.close();
            }
        }
    }
}
