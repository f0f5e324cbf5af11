package io.github.huffhash;

import io.github.huffhash.internal.zstd.RandomAccessIndex;
import io.github.huffhash.internal.zstd.ZstdFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The content of a Zstandard file for reading at any position: any byte range without decoding the
 * rest. Frames may be by whatever tool. If they have sequences, each is decoded as a whole: it may
 * have up to 16 MiB, in the file and of content, and it or a seek table must say how much content
 * that is.
 *
 * <pre>{@code
 * try (var channel = HuffhashChannel.open(file)) {
 *     channel.read(buffer, 500_000);
 * }
 * }</pre>
 *
 * <p>All headers are read when the file is opened, unless its seek table is believed. Content is
 * decoded slice by slice. If the file has a seek table, as {@link CompressOptions#seekable} makes
 * it, a slice consists of frames and is verified against their checksums; otherwise it may be a few
 * blocks, and is not. The slice decoded last is kept. Files with seek tables can be appended to
 * each other if their frames with sequences say how much content they have. What merely looks like
 * a seek table is none.
 *
 * <p>A wrong seek table, or a file that changes while it is open, is an error of opening or
 * reading; it never leads to other content than the file's.
 *
 * <p>Memory: 1 KB, 32 bytes for each slice, or 40 if a seek table has its checksum, and the last
 * slice: up to 128 KiB, or a whole frame if it has sequences or a seek table lists it. A file has a
 * slice for each frame of more than 64 bytes, and for each 128 KiB of a larger frame without a seek
 * table. During a read, workers have slices of up to 32 MiB of content under way, and up to 64 MiB
 * of the file that they are decoded from. Opening takes up to 20 bytes for each frame, also for one
 * without content, unless the seek table is believed.
 *
 * <p>Any number of threads can use {@link #read(ByteBuffer, long)} at a time. Methods that depend
 * on the channel's position wait for each other. If the file is closed, by an interrupt of a thread
 * that reads it for example, this channel is closed as well.
 */
public final class HuffhashChannel implements SeekableByteChannel {
    private static final Slice NOTHING = new Slice(0, new byte[0]);

    private final SeekableByteChannel file;
    private final Workers workers;
    private final RandomAccessIndex index;

    /** Guarded by this. */
    private long position;

    private volatile boolean closed;

    /** The slice that was decoded last. */
    private volatile Slice last = NOTHING;

    /**
     * A slice.
     *
     * @param start where in the content it begins
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Slice(long start, byte[] content) {
        boolean has(long position) {
            return position >= start && position - start < content.length;
        }
    }

    /**
     * Reads the content of a file in the threads that call.
     *
     * @param file as for the other constructor
     * @throws HuffhashFormatException as the other constructor does
     */
    public HuffhashChannel(SeekableByteChannel file) throws IOException {
        this(file, Workers.CALLER);
    }

    /**
     * Reads the content of a file.
     *
     * @param file is closed with this channel, or if it cannot be read; used by nothing else
     * @param workers decode when a read needs more than one slice; only threads that call read from
     *     the file
     * @throws HuffhashFormatException if the file is not valid, or needs a dictionary, as far as
     *     its headers tell; or if a frame with sequences is larger than 16 MiB, or of unknown size
     */
    public HuffhashChannel(SeekableByteChannel file, Workers workers) throws IOException {
        this(file, workers, Optional.empty());
    }

    /**
     * Reads the content of a file, and believes its seek table: nothing is read now, which matters
     * if a read takes long. Frames are compared with the table when they are decoded, but content
     * is where the table says: sizes of other frames that are wrong shift it. If a frame of the
     * table has more than 16 MiB, the file is opened as by the other constructors.
     *
     * @param file as for the other constructor
     * @param workers as for the other constructor
     * @param table what {@link SeekTable#read} found in the file
     */
    public HuffhashChannel(SeekableByteChannel file, Workers workers, SeekTable table)
            throws IOException {
        this(file, workers, Optional.of(table));
    }

    private HuffhashChannel(SeekableByteChannel file, Workers workers, Optional<SeekTable> believed)
            throws IOException {
        this.file = file;
        this.workers = Objects.requireNonNull(workers);
        try {
            index =
                    believed.isPresent()
                            ? RandomAccessIndex.of(file, believed.get().table())
                            : RandomAccessIndex.of(file);
        } catch (ZstdFormatException e) {
            try (file) {
                throw new HuffhashFormatException(e);
            }
        } catch (IOException | RuntimeException | Error e) {
            try (file) {
                throw e;
            }
        }
    }

    /**
     * Opens a file.
     *
     * @throws HuffhashFormatException as the constructors do
     */
    public static HuffhashChannel open(Path file) throws IOException {
        return new HuffhashChannel(Files.newByteChannel(file));
    }

    /** Whether all that is read has been verified against a checksum. */
    public boolean isVerified() {
        return index.isVerified();
    }

    /**
     * {@inheritDoc}
     *
     * @throws HuffhashFormatException if what is read is not valid
     */
    @Override
    public synchronized int read(ByteBuffer target) throws IOException {
        int count = read(target, position);
        position += Math.max(0, count);
        return count;
    }

    /**
     * Reads at a position of the content; that of the channel stays as it is, and is not used.
     *
     * @param target receives content up to its limit, or to the end of the content
     * @param from where in the content to begin
     * @return how many bytes were read, or -1 at or behind the end of the content
     * @throws HuffhashFormatException if what is read is not valid
     * @throws IllegalArgumentException if {@code from} is negative or {@code target} read-only
     */
    public int read(ByteBuffer target, long from) throws IOException {
        requirePosition(from);
        requireOpen();
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("the target is read-only");
        }
        long left = index.contentBytes() - from;
        if (left <= 0) {
            return -1;
        }
        int wanted = (int) Math.min(target.remaining(), left);
        int before = target.position();
        try {
            read(target, from, wanted);
        } catch (ZstdFormatException e) {
            target.position(before);
            throw new HuffhashFormatException(e);
        } catch (IOException | RuntimeException | Error e) {
            target.position(before);
            throw e;
        }
        return wanted;
    }

    private void read(ByteBuffer target, long from, int wanted) throws IOException {
        if (wanted == 0) {
            return;
        }
        int first = index.slice(from);
        int end = index.slice(from + wanted - 1) + 1;
        Slice kept = last;
        if (kept.has(index.start(first))) {
            put(kept, from, wanted, target);
            first++;
        }
        if (first < end) {
            decode(first, end, from, wanted, target);
        }
    }

    private void decode(int first, int end, long from, int wanted, ByteBuffer target)
            throws IOException {
        try (var pipeline =
                new Pipeline<RandomAccessIndex.Stored, byte[]>(
                        end - first > 1 ? workers : Workers.CALLER,
                        RandomAccessIndex.Stored::decode)) {
            int next = first;
            for (int number = first; number < end; number++) {
                while (next == number
                        || (next < end && index.isLittle(number, next) && !pipeline.isFull())) {
                    pipeline.submit(index.read(next++));
                }
                var slice = new Slice(index.start(number), pipeline.take());
                last = slice;
                put(slice, from, wanted, target);
            }
        }
    }

    /** Puts what the slice has of a range of the content. */
    private static void put(Slice slice, long from, int wanted, ByteBuffer target) {
        int start = (int) Math.max(0, from - slice.start());
        long end = Math.min(slice.content().length, from + wanted - slice.start());
        target.put(slice.content(), start, (int) end - start);
    }

    @Override
    public synchronized long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public synchronized SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        requirePosition(newPosition);
        position = newPosition;
        return this;
    }

    private static void requirePosition(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("a negative position: " + position);
        }
    }

    /** Bytes of the content. */
    @Override
    public long size() throws IOException {
        requireOpen();
        return index.contentBytes();
    }

    /**
     * Always fails.
     *
     * @throws NonWritableChannelException because the content can only be read
     */
    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    /**
     * Always fails.
     *
     * @throws NonWritableChannelException because the content can only be read
     */
    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public boolean isOpen() {
        return !closed && file.isOpen();
    }

    /** Closes the file as well. */
    @Override
    public void close() throws IOException {
        closed = true;
        last = NOTHING;
        file.close();
    }
}
