package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;
import java.io.IOException;
import java.util.Optional;

/**
 * A seek table in a file, as its footer says. Entries are read some at a time: memory does not
 * depend on how many the footer claims.
 */
final class StoredTable {
    private static final int RESERVED_BITS = 0x7C;
    private static final int ENTRIES_AT_ONCE = 1 << 16;

    private final FileBytes file;
    private final long offset;
    private final int frames;
    private final boolean checksums;

    /** Entries that have been read, and where the next one begins. */
    private InputBuffer chunk = new InputBuffer(new byte[0], 0, 0);

    private int at;
    private int entriesRead;

    private StoredTable(FileBytes file, long end, int frames, boolean checksums) {
        this.file = file;
        offset = end - FrameTable.tableBytes(frames, checksums);
        this.frames = frames;
        this.checksums = checksums;
    }

    /**
     * Looks for a table before a place of a file.
     *
     * @return nothing if there is no footer, or one that no reader could understand
     */
    static Optional<StoredTable> before(long end, FileBytes file) throws IOException {
        InputBuffer footer =
                file.read(Math.max(0, end - FrameTable.FOOTER_BYTES), FrameTable.FOOTER_BYTES);
        if (footer.length() < FrameTable.FOOTER_BYTES) {
            return Optional.empty();
        }
        long frames = LittleEndian.get32(footer.bytes(), 0);
        int descriptor = footer.bytes()[4] & 0xFF;
        if (LittleEndian.get32(footer.bytes(), 5) != FrameTable.FOOTER_MAGIC
                || (descriptor & RESERVED_BITS) != 0
                || frames > FrameTable.MAX_FRAMES) {
            return Optional.empty();
        }
        boolean checksums = (descriptor & FrameTable.CHECKSUM_FLAG) != 0;
        return Optional.of(new StoredTable(file, end, (int) frames, checksums));
    }

    /** Where its skippable frame begins, or would: negative if it is larger than the file. */
    long offset() {
        return offset;
    }

    /** How many frames it lists. */
    int frames() {
        return frames;
    }

    /** Whether its entries have checksums. */
    boolean checksums() {
        return checksums;
    }

    /** Whether there is the header of a skippable frame that the table fills. */
    boolean hasHeader() throws IOException {
        int bytes = FrameParser.Skippable.HEADER_BYTES;
        InputBuffer header = file.read(Math.max(0, offset), bytes);
        return offset >= 0
                && header.length() == bytes
                && LittleEndian.get32(header.bytes(), 0) == FrameTable.MAGIC
                && LittleEndian.get32(header.bytes(), 4)
                        == FrameTable.tableBytes(frames, checksums) - bytes;
    }

    /**
     * An entry.
     *
     * @param compressedBytes bytes of the frame in the file
     * @param contentBytes bytes of its content
     * @param checksum the low 4 bytes of the content's XXH64; 0 if the table has none
     */
    record Entry(long compressedBytes, long contentBytes, long checksum) {}

    /** The next of {@link #frames} entries. */
    Entry next() throws IOException {
        int entryBytes = FrameTable.entryBytes(checksums);
        if (at == chunk.length()) {
            int count = Math.min(ENTRIES_AT_ONCE, frames - entriesRead);
            long start =
                    offset + FrameParser.Skippable.HEADER_BYTES + (long) entriesRead * entryBytes;
            chunk = file.read(start, count * entryBytes);
            at = 0;
            chunk.require(0, count * entryBytes, "the seek table");
            entriesRead += count;
        }
        byte[] bytes = chunk.bytes();
        var entry =
                new Entry(
                        LittleEndian.get32(bytes, at),
                        LittleEndian.get32(bytes, at + 4),
                        checksums ? LittleEndian.get32(bytes, at + 8) : 0);
        at += entryBytes;
        return entry;
    }
}
