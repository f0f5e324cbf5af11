package io.github.huffhash;

import io.github.huffhash.internal.zstd.FrameTable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The seek table at the end of a seekable file (Zstandard seekable format, version 0.1.0): where
 * its frames are in the file, and where their contents are in the whole content. Frames are
 * numbered from 0; a number that no frame has is an {@link IndexOutOfBoundsException}. A table is
 * what the file says: decoding a frame shows whether it is true.
 *
 * <p>Immutable. It takes 20 bytes of memory a frame.
 */
public final class SeekTable {
    private final FrameTable table;

    private SeekTable(FrameTable table) {
        this.table = table;
    }

    /**
     * Reads the table of a file.
     *
     * @param file stays open; its position may change
     * @return nothing if the file does not end with a table whose frames fill the file before it:
     *     its end may look like one by chance
     */
    public static Optional<SeekTable> read(SeekableByteChannel file) throws IOException {
        return FrameTable.find(file).map(SeekTable::new);
    }

    /** How many frames there are. */
    public int frames() {
        return table.frames();
    }

    /** Where in the file a frame begins, in bytes. */
    public long compressedOffset(int frame) {
        return table.compressedStart(checked(frame));
    }

    /** Bytes of a frame in the file. */
    public long compressedBytes(int frame) {
        return table.compressedStart(checked(frame) + 1) - table.compressedStart(frame);
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

    private int checked(int frame) {
        return Objects.checkIndex(frame, table.frames());
    }

    /** The table as the skippable frame that ends a file. */
    public byte[] toBytes() {
        return table.toBytes();
    }
}
