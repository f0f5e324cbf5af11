package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;
import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the frames of a file are: the seek table of the Zstandard seekable format, version 0.1.0.
 *
 * <pre>
 * skippable frame 0x184D2A5E: | magic number (4) | content size (4) |
 * for each frame:             | compressed size (4) | content size (4) | checksum (0, 4) |
 * footer:                     | number of frames (4) | descriptor (1) | 0x8F92EAB1 (4) |
 * </pre>
 *
 * <p>Not thread-safe while frames are added.
 */
public final class FrameTable implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What the skippable frame begins with. */
    static final long MAGIC = 0x184D2A5EL;

    /** Bytes of the footer, the last ones of the file. */
    static final int FOOTER_BYTES = 9;

    static final long FOOTER_MAGIC = 0x8F92EAB1L;

    /** The most frames a table may have. */
    static final int MAX_FRAMES = 0x800_0000;

    static final int CHECKSUM_FLAG = 0x80;

    /** Has most tables as a whole, so that one read finds them. */
    private static final int END_BYTES = 64 << 10;

    private final boolean checksums;
    private int count;

    /** Where each frame begins, and behind the last one where it ends: in the file, in content. */
    private long[] compressedStarts = new long[1];

    private long[] contentStarts = new long[1];

    /** The low 4 bytes of each content's XXH64, if the table has them. */
    private int[] sums = {};

    /**
     * A table without frames.
     *
     * @param checksums whether frames will have checksums
     */
    public FrameTable(boolean checksums) {
        this.checksums = checksums;
    }

    /**
     * Adds a frame behind the others.
     *
     * @param compressedBytes its bytes in the file, less than 2³²
     * @param contentBytes bytes of its content, less than 2³²
     * @param checksum the low 4 bytes of the content's XXH64; not used if the table has none
     */
    public void add(long compressedBytes, long contentBytes, long checksum) {
        if (count + 1 == compressedStarts.length) {
            int length = Math.max(16, 2 * compressedStarts.length);
            compressedStarts = Arrays.copyOf(compressedStarts, length);
            contentStarts = Arrays.copyOf(contentStarts, length);
            sums = Arrays.copyOf(sums, checksums ? length : 0);
        }
        compressedStarts[count + 1] = compressedStarts[count] + compressedBytes;
        contentStarts[count + 1] = contentStarts[count] + contentBytes;
        if (checksums) {
            sums[count] = (int) checksum;
        }
        count++;
    }

    /** Adds all frames of another table, whose content is behind that of this one's frames. */
    public void addAll(FrameTable next) {
        for (int i = 0; i < next.count; i++) {
            add(
                    next.compressedStarts[i + 1] - next.compressedStarts[i],
                    next.contentStarts[i + 1] - next.contentStarts[i],
                    next.checksum(i).orElse(0));
        }
    }

    /** Whether frames have checksums. */
    public boolean hasChecksums() {
        return checksums;
    }

    /** How many frames there are. */
    public int frames() {
        return count;
    }

    /** Where in the file a frame begins; for the number of frames, where the last one ends. */
    public long compressedStart(int frame) {
        return compressedStarts[frame];
    }

    /**
     * The first frame that begins at a place of the file or behind it; else the number of frames.
     */
    public int firstFrameFrom(long offset) {
        int frame = Arrays.binarySearch(compressedStarts, 0, count, offset);
        return frame < 0 ? -frame - 1 : frame;
    }

    /** Where in the content a frame begins; for the number of frames, where the last one ends. */
    public long contentStart(int frame) {
        return contentStarts[frame];
    }

    /** The low 4 bytes of the XXH64 of a frame's content; nothing if the table has none. */
    public OptionalLong checksum(int frame) {
        return checksums ? OptionalLong.of(sums[frame] & 0xFFFF_FFFFL) : OptionalLong.empty();
    }

    /** The table as a skippable frame, to be written behind the frames. */
    public byte[] toBytes() {
        int entryBytes = entryBytes(checksums);
        byte[] bytes = new byte[Math.toIntExact(tableBytes(count, checksums))];
        LittleEndian.put32(bytes, 0, MAGIC);
        LittleEndian.put32(bytes, 4, bytes.length - FrameParser.Skippable.HEADER_BYTES);
        int at = FrameParser.Skippable.HEADER_BYTES;
        for (int i = 0; i < count; i++, at += entryBytes) {
            LittleEndian.put32(bytes, at, compressedStarts[i + 1] - compressedStarts[i]);
            LittleEndian.put32(bytes, at + 4, contentStarts[i + 1] - contentStarts[i]);
            if (checksums) {
                LittleEndian.put32(bytes, at + 8, sums[i]);
            }
        }
        LittleEndian.put32(bytes, at, count);
        bytes[at + 4] = (byte) (checksums ? CHECKSUM_FLAG : 0);
        LittleEndian.put32(bytes, at + 5, FOOTER_MAGIC);
        return bytes;
    }

    static long tableBytes(int frames, boolean checksums) {
        return FrameParser.Skippable.HEADER_BYTES
                + (long) frames * entryBytes(checksums)
                + FOOTER_BYTES;
    }

    static int entryBytes(boolean checksums) {
        return checksums ? 12 : 8;
    }

    /**
     * Looks for a table at the end of a file.
     *
     * @param channel its position may change
     * @return nothing if the file does not end with a table whose frames fill the file before it:
     *     its end may look like one by chance
     */
    public static Optional<FrameTable> find(SeekableByteChannel channel) throws IOException {
        var file = new FileBytes(channel);
        file.readEnd(END_BYTES);
        return find(file);
    }

    static Optional<FrameTable> find(FileBytes file) throws IOException {
        Optional<StoredTable> found = StoredTable.before(file.size(), file);
        if (found.isEmpty() || !found.get().hasHeader()) {
            return Optional.empty();
        }
        StoredTable stored = found.get();
        var table = new FrameTable(stored.checksums());
        for (int i = 0; i < stored.frames(); i++) {
            StoredTable.Entry entry = stored.next();
            if (entry.compressedBytes() < FrameParser.Skippable.HEADER_BYTES) {
                return Optional.empty(); // no frame is so small
            }
            table.add(entry.compressedBytes(), entry.contentBytes(), entry.checksum());
        }
        return table.compressedStart(table.frames()) == stored.offset()
                ? Optional.of(table)
                : Optional.empty();
    }
}
