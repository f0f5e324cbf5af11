package io.github.huffhash;

import io.github.huffhash.internal.zstd.FrameTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The seek table at the end of a seekable file (Zstandard seekable format, version 0.1.0): where
 * its frames are in the file, and where their contents are in the whole content. Frames are
 * numbered from 0; a number that no frame has is an {@link IndexOutOfBoundsException}. A table is
 * what the file says: decoding a frame shows whether it is true.
 *
 * <pre>{@code
 * long end = SeekTable.read(channel).map(SeekTable::contentBytes).orElse(0L);
 * }</pre>
 *
 * <p>Immutable. It takes 20 to 40 bytes of memory a frame. Serializable, so that a cluster can make
 * the parts of a file.
 */
public final class SeekTable implements Serializable {
    private static final long serialVersionUID = 1L;

    private final FrameTable table;

    /**
     * @param table does not change any more
     */
    SeekTable(FrameTable table) {
        this.table = table;
    }

    /**
     * Reads the table of a file. The last 64 KiB are read at once; they have the whole table of
     * 5,000 frames.
     *
     * @param file stays open; its position may change
     * @return nothing if the file does not end with a table whose frames fill the file before it:
     *     its end may look like one by chance
     */
    public static Optional<SeekTable> read(SeekableByteChannel file) throws IOException {
        return FrameTable.find(file).map(SeekTable::new);
    }

    /**
     * The table of a file that consists of the frames of several parts, one behind the other.
     *
     * @param parts what {@link FileAssembler#finishPart} gave for each, at least one
     * @throws IllegalArgumentException if there is none, or only some have checksums
     */
    public static SeekTable join(List<SeekTable> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("no parts");
        }
        var all = new FrameTable(parts.get(0).table.hasChecksums());
        for (SeekTable part : parts) {
            if (part.table.hasChecksums() != all.hasChecksums()) {
                throw new IllegalArgumentException("parts with and without checksums");
            }
            all.addAll(part.table);
        }
        return new SeekTable(all);
    }

    /** How many frames there are. */
    public int frames() {
        return table.frames();
    }

    /** Bytes of all frames in the file. */
    public long compressedBytes() {
        return table.compressedStart(table.frames());
    }

    /** Bytes of the whole content. */
    public long contentBytes() {
        return table.contentStart(table.frames());
    }

    /** Where in the file a frame begins, in bytes. */
    public long compressedOffset(int frame) {
        return table.compressedStart(checked(frame));
    }

    /** Bytes of a frame in the file. */
    public long compressedBytes(int frame) {
        return table.compressedStart(checked(frame) + 1) - table.compressedStart(frame);
    }

    /**
     * The first frame that begins at a place of the file or behind it; {@link #frames()} if there
     * is none.
     *
     * @param offset in bytes from the file's beginning
     */
    public int firstFrameFrom(long offset) {
        return table.firstFrameFrom(offset);
    }

    /** Where in the whole content that of a frame begins, in bytes. */
    public long contentOffset(int frame) {
        return table.contentStart(checked(frame));
    }

    /** Bytes of a frame's content. */
    public long contentBytes(int frame) {
        return table.contentStart(checked(frame) + 1) - table.contentStart(frame);
    }

    /** The low 4 bytes of the XXH64 of a frame's content; nothing if the table has none. */
    public OptionalLong checksum(int frame) {
        return table.checksum(checked(frame));
    }

    /**
     * The content of a frame, decompressed by the thread that reads it, and compared with the table
     * as well at its end: a frame of another size, or with another checksum, is a {@link
     * HuffhashFormatException}. Offsets of exceptions count from the beginning of the file.
     *
     * @param file at the beginning of the frame; the stream reads {@link #compressedBytes(int)} of
     *     it and never closes it
     */
    public InputStream content(int frame, InputStream file) {
        return new FrameInputStream(this, checked(frame), file);
    }

    private int checked(int frame) {
        return Objects.checkIndex(frame, table.frames());
    }

    /** The table as the skippable frame that ends a file. */
    public byte[] toBytes() {
        return table.toBytes();
    }

    /** The table for the library's other types. */
    FrameTable table() {
        return table;
    }
}
