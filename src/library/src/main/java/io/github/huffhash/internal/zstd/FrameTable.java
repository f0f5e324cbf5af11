package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;
import java.io.IOException;
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
public final class FrameTable {
    /** What the skippable frame begins with. */
    static final long MAGIC = 0x184D2A5EL;

    /** Bytes of the footer, the last ones of the file. */
    static final int FOOTER_BYTES = 9;

    private static final long FOOTER_MAGIC = 0x8F92EAB1L;

    /** The most frames a table may have. */
    private static final int MAX_FRAMES = 0x800_0000;

    private static final int CHECKSUM_FLAG = 0x80;
    private static final int RESERVED_BITS = 0x7C;

    private final boolean checksums;
    private int count;

    /** Where each frame begins, and behind the last one where it ends: in the file, in content. */
    private long[] compressedStarts;

    private long[] contentStarts;

    /** The low 4 bytes of each content's XXH64, if the table has them. */
    private int[] sums;

    /**
     * A table without frames.
     *
     * @param checksums whether frames will have checksums
     */
    public FrameTable(boolean checksums) {
        this(checksums, 0);
    }

    private FrameTable(boolean checksums, int frames) {
        this.checksums = checksums;
        compressedStarts = new long[frames + 1];
        contentStarts = new long[frames + 1];
        sums = new int[checksums ? frames : 0];
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

    /** How many frames there are. */
    public int frames() {
        return count;
    }

    /** Where in the file a frame begins; for the number of frames, where the last one ends. */
    public long compressedStart(int frame) {
        return compressedStarts[frame];
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

    private static long tableBytes(int frames, boolean checksums) {
        return FrameParser.Skippable.HEADER_BYTES
                + (long) frames * entryBytes(checksums)
                + FOOTER_BYTES;
    }

    private static int entryBytes(boolean checksums) {
        return checksums ? 12 : 8;
    }

    /**
     * Looks for a table at the end of a file.
     *
     * @param file its position changes
     * @return nothing if there is no footer, or one that no reader could understand
     * @throws ZstdFormatException if there is a footer, but no table of that size before it whose
     *     frames fill the file
     */
    public static Optional<FrameTable> find(SeekableByteChannel file) throws IOException {
        long size = file.size();
        byte[] end = new byte[FOOTER_BYTES];
        if (size < FOOTER_BYTES
                || FileHeaders.read(file, size - FOOTER_BYTES, end, FOOTER_BYTES) < FOOTER_BYTES) {
            return Optional.empty();
        }
        long frames = LittleEndian.get32(end, 0);
        int descriptor = end[4] & 0xFF;
        if (LittleEndian.get32(end, 5) != FOOTER_MAGIC
                || (descriptor & RESERVED_BITS) != 0
                || frames > MAX_FRAMES) {
            return Optional.empty();
        }
        boolean checksums = (descriptor & CHECKSUM_FLAG) != 0;
        return Optional.of(read(file, size, (int) frames, checksums));
    }

    private static FrameTable read(
            SeekableByteChannel file, long size, int frames, boolean checksums) throws IOException {
        // the whole table is only read if it begins where the footer says
        long tableBytes = tableBytes(frames, checksums);
        byte[] start = new byte[FrameParser.Skippable.HEADER_BYTES];
        long offset = size - tableBytes;
        if (offset < 0
                || FileHeaders.read(file, offset, start, start.length) < start.length
                || LittleEndian.get32(start, 0) != MAGIC
                || LittleEndian.get32(start, 4)
                        != tableBytes - FrameParser.Skippable.HEADER_BYTES) {
            throw new ZstdFormatException(
                    Math.max(0, offset), "no seek table where the footer says it begins");
        }
        byte[] bytes = new byte[Math.toIntExact(tableBytes)];
        if (FileHeaders.read(file, offset, bytes, bytes.length) < bytes.length) {
            throw new ZstdFormatException(offset, "truncated in the seek table");
        }
        var table = new FrameTable(checksums, frames);
        int at = FrameParser.Skippable.HEADER_BYTES;
        for (int i = 0; i < frames; i++, at += entryBytes(checksums)) {
            table.add(
                    LittleEndian.get32(bytes, at),
                    LittleEndian.get32(bytes, at + 4),
                    checksums ? LittleEndian.get32(bytes, at + 8) : 0);
        }
        if (table.compressedStart(frames) != offset) {
            throw new ZstdFormatException(
                    offset, "seek table whose frames do not fill the file before it");
        }
        return table;
    }
}
