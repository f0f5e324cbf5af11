package io.github.huffhash.io;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.io.IOUtils;

/** A file, a device or standard input read from its beginning to its end. */
public final class Input implements AutoCloseable {
    /** The name of standard input on the command line. */
    public static final String STANDARD_INPUT = "-";

    /** Small reads are served from a buffer of this many bytes; larger ones go past it. */
    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;

    /** The name in messages. */
    private final String label;

    private final InputStream stream;
    private final long expected;

    /** Whether more than expected is as wrong as less. */
    private final boolean strict;

    /** Whether a read has come to the end: a file that grows then has ended all the same. */
    private boolean ended;

    /** Written by whoever reads, read by anybody. */
    private volatile long position;

    private Input(String name, String label, InputStream stream, long expected, boolean strict) {
        this.name = name;
        this.label = label;
        this.expected = expected;
        this.strict = strict;
        this.stream = new BufferedInputStream(stream, BUFFER_BYTES);
    }

    /**
     * Opens an input.
     *
     * @param name a file's name, or {@link #STANDARD_INPUT}
     * @throws FileFailure if there is no such file, it is a directory, or it cannot be opened
     */
    public static Input open(String name) throws FileFailure {
        return name.equals(STANDARD_INPUT) ? standard() : openFile(name, false);
    }

    /** The same, for whoever counts on the {@link #expected} size: a file that grows fails, too. */
    public static Input openUnchanging(String name) throws FileFailure {
        return name.equals(STANDARD_INPUT) ? standard() : openFile(name, true);
    }

    private static Input standard() {
        return new Input(
                STANDARD_INPUT,
                "standard input",
                Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel()),
                0,
                false);
    }

    private static Input openFile(String name, boolean strict) throws FileFailure {
        if (name.isEmpty()) {
            throw new FileFailure(name, "no such file"); // as a path it would be the current folder
        }
        try {
            return open(Path.of(name), name, strict);
        } catch (InvalidPathException e) {
            throw new FileFailure(name, "invalid file name: " + e.getReason());
        }
    }

    /** Opens a file that has another name for people. */
    static Input open(Path path, String name) throws FileFailure {
        return open(path, name, false);
    }

    private static Input open(Path path, String name, boolean strict) throws FileFailure {
        try {
            if (Files.isDirectory(path)) {
                throw new FileFailure(name, "is a directory");
            }
            if (!Files.isRegularFile(path) || Files.size(path) == 0) {
                // a device, a FIFO or a file of /proc has content whatever its size says
                return new Input(name, name, Channels.newInputStream(channel(path)), 0, strict);
            }
            FileInputStream file = regular(path);
            return new Input(name, name, file, file.getChannel().size(), strict);
        } catch (FileFailure e) {
            throw e;
        } catch (IOException e) {
            throw new FileFailure(name, e);
        }
    }

    private static FileChannel channel(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ);
    }

    /**
     * Opens what never keeps a reader waiting, so that nobody need be interrupted: reading it takes
     * a fraction of the code that reading a channel does, which counts while that is interpreted.
     */
    private static FileInputStream regular(Path path) throws IOException {
        try {
            return new FileInputStream(path.toFile());
        } catch (FileNotFoundException e) {
            channel(path).close(); // says what is wrong
            throw e;
        }
    }

    /**
     * Reads until {@code length} bytes are there, or the input ends.
     *
     * @param into receives the bytes from index 0
     * @return how many bytes were read; 0 when there are no more
     * @throws FileFailure if reading fails
     */
    public int read(byte[] into, int length) throws IOException {
        if (ended) {
            return 0;
        }
        int count;
        try {
            count = IOUtils.read(stream, into, 0, length);
        } catch (IOException e) {
            throw new FileFailure(label, e);
        }
        advance(count, count < length);
        return count;
    }

    /**
     * Counts bytes that were read.
     *
     * @param end whether the end was met
     * @throws FileFailure if the file has shrunk or grown
     */
    private void advance(int count, boolean end) throws FileFailure {
        ended = end;
        long now = position + count;
        position = now;
        if (end && now < expected) {
            throw new FileFailure(
                    label, "shrank from " + expected + " to " + now + " bytes while it was read");
        }
        if (strict && expected > 0 && now > expected) {
            throw new FileFailure(
                    label, "grew from " + expected + " to " + now + " bytes while it was read");
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
                if (ended || length == 0) {
                    return ended ? -1 : 0;
                }
                int count;
                try {
                    count = stream.read(into, offset, length);
                } catch (IOException e) {
                    throw new FileFailure(label, e);
                }
                advance(Math.max(0, count), count < 0);
                return count;
            }

            @Override
            public void close() throws IOException {
                Input.this.close();
            }
        };
    }

    /** The input's name, for people: as the user gave it. */
    public String name() {
        return name;
    }

    /** Whether {@code name} is a regular file, or one that is not there. */
    public static boolean isRegularOrMissing(String name) {
        try {
            Path path = Path.of(name);
            return Files.isRegularFile(path) || Files.notExists(path) || Files.isDirectory(path);
        } catch (InvalidPathException _) {
            return true;
        }
    }

    /** How many bytes have been read. Any thread may ask. */
    public long position() {
        return position;
    }

    /** How many bytes there will be, or 0 if that is not known. */
    public long expected() {
        return expected;
    }

    /**
     * Closes the file. Standard input stays open: it may be asked for again, and is at its end
     * then.
     */
    @Override
    public void close() throws IOException {
        if (!name.equals(STANDARD_INPUT)) {
            stream.close();
        }
    }
}
