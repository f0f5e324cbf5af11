package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the frames of a file are: the Zstandard seekable format, version 0.1.0.
 *
 * <pre>
 * skippable frame 0x184D2A5E: | magic number (4) | content size (4) |
 * for each frame:             | compressed size (4) | decompressed size (4) | checksum (0, 4) |
 * footer:                     | number of frames (4) | descriptor (1) | 0x8F92EAB1 (4) |
 * </pre>
 *
 * @param frames the file's frames, from its beginning
 */
public record SeekTable(List<Frame> frames) {
    /** Bytes of the footer, the last ones of the file. */
    public static final int FOOTER_BYTES = 9;

    /** The most frames a table may have. */
    public static final int MAX_FRAMES = 0x800_0000;

    private static final long FRAME_MAGIC = 0x184D2A5EL;
    private static final long FOOTER_MAGIC = 0x8F92EAB1L;
    private static final int CHECKSUM_FLAG = 0x80;
    private static final int RESERVED_BITS = 0x7C;

    /** The frames are not to change. */
    public SeekTable {
        frames = List.copyOf(frames);
    }

    /**
     * One frame.
     *
     * @param compressedBytes its bytes in the file, less than 2³²
     * @param decompressedBytes bytes of its content, less than 2³²
     * @param checksum the low 4 bytes of the content's XXH64; in one table all frames have it, or
     *     none
     */
    public record Frame(long compressedBytes, long decompressedBytes, OptionalLong checksum) {}

    /**
     * What the end of a file says about the table before it.
     *
     * @param frames how many frames it has
     * @param checksums whether it has their checksums
     */
    public record Footer(int frames, boolean checksums) {
        /**
         * Looks for a footer in a file's last bytes.
         *
         * @param at index of the first of them
         * @return nothing if there is none, or one that no reader could understand
         */
        public static Optional<Footer> find(byte[] bytes, int at) {
            long frames = LittleEndian.get32(bytes, at);
            int descriptor = bytes[at + 4] & 0xFF;
            if (LittleEndian.get32(bytes, at + 5) != FOOTER_MAGIC
                    || (descriptor & RESERVED_BITS) != 0
                    || frames > MAX_FRAMES) {
                return Optional.empty();
            }
            return Optional.of(new Footer((int) frames, (descriptor & CHECKSUM_FLAG) != 0));
        }

        /** Bytes of the whole skippable frame that the footer ends. */
        public long tableBytes() {
            return SkippableFrame.HEADER_BYTES + (long) frames * entryBytes() + FOOTER_BYTES;
        }

        private int entryBytes() {
            return checksums ? 12 : 8;
        }
    }

    /** The table as a skippable frame, to be put behind the frames. */
    public byte[] toBytes() {
        boolean checksums = !frames.isEmpty() && frames.get(0).checksum().isPresent();
        var footer = new Footer(frames.size(), checksums);
        byte[] bytes = new byte[Math.toIntExact(footer.tableBytes())];
        LittleEndian.put32(bytes, 0, FRAME_MAGIC);
        LittleEndian.put32(bytes, 4, bytes.length - SkippableFrame.HEADER_BYTES);
        int at = SkippableFrame.HEADER_BYTES;
        for (Frame frame : frames) {
            LittleEndian.put32(bytes, at, frame.compressedBytes());
            LittleEndian.put32(bytes, at + 4, frame.decompressedBytes());
            if (checksums) {
                LittleEndian.put32(bytes, at + 8, frame.checksum().orElseThrow());
            }
            at += footer.entryBytes();
        }
        LittleEndian.put32(bytes, at, frames.size());
        bytes[at + 4] = (byte) (checksums ? CHECKSUM_FLAG : 0);
        LittleEndian.put32(bytes, at + 5, FOOTER_MAGIC);
        return bytes;
    }

    /**
     * Looks for a table at the end of a file.
     *
     * @param file its position changes
     * @return nothing if there is none
     * @throws ZstdFormatException if there is one, but its frames do not fill the file
     */
    public static Optional<SeekTable> find(SeekableByteChannel file) throws IOException {
        long size = file.size();
        byte[] end = new byte[FOOTER_BYTES];
        if (size < FOOTER_BYTES
                || FileHopper.read(file, size - FOOTER_BYTES, end, FOOTER_BYTES) < FOOTER_BYTES) {
            return Optional.empty();
        }
        Optional<Footer> footer = Footer.find(end, 0);
        if (footer.isEmpty()) {
            return Optional.empty();
        }
        // the whole table is only read if it begins where the footer says
        long tableBytes = footer.get().tableBytes();
        byte[] start = new byte[SkippableFrame.HEADER_BYTES];
        if (tableBytes > size
                || FileHopper.read(file, size - tableBytes, start, start.length) < start.length
                || !isStart(start, 0, footer.get())) {
            throw noTable(Math.max(0, size - tableBytes));
        }
        byte[] table = new byte[Math.toIntExact(tableBytes)];
        int count = FileHopper.read(file, size - tableBytes, table, table.length);
        return Optional.of(read(new Chunk(table, count, size - tableBytes), footer.get()));
    }

    private static boolean isStart(byte[] bytes, int at, Footer footer) {
        return LittleEndian.get32(bytes, at) == FRAME_MAGIC
                && LittleEndian.get32(bytes, at + 4)
                        == footer.tableBytes() - SkippableFrame.HEADER_BYTES;
    }

    private static ZstdFormatException noTable(long offset) {
        return new ZstdFormatException(offset, "no seek table where the footer says it begins");
    }

    /**
     * Reads the table that ends with the chunk.
     *
     * @param chunk the end of the file; its last {@link Footer#tableBytes} bytes are the table
     * @param footer what {@link Footer#find} found there
     * @throws ZstdFormatException if it is not a skippable frame of that size, or if its frames do
     *     not fill what comes before it in the file
     */
    public static SeekTable read(Chunk chunk, Footer footer) throws ZstdFormatException {
        if (footer.tableBytes() > chunk.length()) {
            throw chunk.failure(chunk.length() - FOOTER_BYTES, "seek table larger than the file");
        }
        int start = chunk.length() - (int) footer.tableBytes();
        byte[] bytes = chunk.bytes();
        if (!isStart(bytes, start, footer)) {
            throw noTable(chunk.offset() + start);
        }
        List<Frame> frames = new ArrayList<>(footer.frames());
        long compressed = 0;
        int at = start + SkippableFrame.HEADER_BYTES;
        for (int i = 0; i < footer.frames(); i++, at += footer.entryBytes()) {
            OptionalLong checksum =
                    footer.checksums()
                            ? OptionalLong.of(LittleEndian.get32(bytes, at + 8))
                            : OptionalLong.empty();
            var frame =
                    new Frame(
                            LittleEndian.get32(bytes, at),
                            LittleEndian.get32(bytes, at + 4),
                            checksum);
            frames.add(frame);
            compressed += frame.compressedBytes();
        }
        if (compressed != chunk.offset() + start) {
            throw chunk.failure(start, "seek table whose frames do not fill the file before it");
        }
        return new SeekTable(frames);
    }
}
