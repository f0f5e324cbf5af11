package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.BytePlanes;
import io.github.huffhash.internal.bits.LittleEndian;
import java.util.OptionalLong;

/**
 * What a frame says before its first block (RFC 8878, section 3.1.1.1).
 *
 * <pre>
 * | magic number (4) | descriptor (1) | window (0, 1) | dictionary (0, 1, 2, 4) | content size (0, 1, 2, 4, 8) |
 * </pre>
 *
 * @param windowBytes memory that sequences would need; taken as unsigned
 * @param contentSize bytes in all its blocks, if it says so; taken as unsigned when compared
 * @param checksum whether a checksum of the content follows the last block
 * @param planes byte planes of its units, or 1
 * @param bytes bytes of the header, magic number included
 */
public record FrameHeader(
        long windowBytes, OptionalLong contentSize, boolean checksum, int planes, int bytes)
        implements FrameParser.Element {
    /** What a frame begins with. */
    public static final long MAGIC = 0xFD2FB528L;

    /** Bytes of the magic number. */
    public static final int MAGIC_BYTES = 4;

    /** The most bytes of a header. */
    public static final int MAX_BYTES = 18;

    private static final int SINGLE_SEGMENT = 1 << 5;
    private static final int RESERVED = 1 << 3;
    private static final int CHECKSUM = 1 << 2;

    /** No window is smaller, in bytes, as a power of 2. */
    private static final int MIN_WINDOW_LOG = 10;

    /** The window of 128 KiB: the exponent in the high 5 bits, no mantissa. */
    private static final byte WINDOW_DESCRIPTOR =
            (byte) ((Integer.numberOfTrailingZeros(Limits.WINDOW_BYTES) - MIN_WINDOW_LOG) << 3);

    /**
     * The ID of a dictionary that does not exist, so that other decoders refuse a frame with
     * planes; plus their number. It is in the range for private use.
     */
    private static final long PLANES_ID = 0x4846_5000L;

    /** Bytes that planes take in a header: those of that ID. */
    static final int PLANES_BYTES = 4;

    private static final int ID_OF_4_BYTES = 3;

    /** libzstd takes this content size for an unknown one. */
    private static final long UNKNOWN_OF_LIBZSTD = -1;

    /** A content size in 2 bytes is written less this. */
    private static final int OFFSET_OF_2_BYTES = 256;

    @Override
    public long totalBytes() {
        return bytes;
    }

    /** The most bytes any of the frame's blocks may have. */
    public int maxBlockBytes() {
        boolean less = Long.compareUnsigned(windowBytes, Limits.MAX_BLOCK_BYTES) < 0;
        return less ? (int) windowBytes : Limits.MAX_BLOCK_BYTES;
    }

    /** How far back sequences may refer, in bytes; {@link Long#MAX_VALUE} if that is less. */
    long reachBytes() {
        long content = contentSize.orElse(windowBytes);
        long reach = Long.compareUnsigned(content, windowBytes) < 0 ? content : windowBytes;
        return reach < 0 ? Long.MAX_VALUE : reach;
    }

    /**
     * Makes sure that a frame has as much content as it declares, if it does.
     *
     * @param offset where in the file the frame begins
     * @param content how many bytes it has
     * @param whole whether that is all of it
     */
    void requireContent(long offset, long content, boolean whole) throws ZstdFormatException {
        if (contentSize.isEmpty()) {
            return;
        }
        long declared = contentSize.getAsLong();
        int order = Long.compareUnsigned(content, declared);
        if (order > 0 || (whole && order < 0)) {
            throw new ZstdFormatException(
                    offset,
                    "the frame declares %s bytes of content, but has %s"
                            .formatted(
                                    Long.toUnsignedString(declared),
                                    order > 0 ? "more" : "only " + content));
        }
    }

    /**
     * Writes the header of a frame with a window of 128 KiB and no dictionary.
     *
     * @param contentSize bytes in all its blocks, if known
     * @param checksum whether a checksum will follow
     * @param planes byte planes of its units, or 1
     * @param target must have room for {@link #MAX_BYTES}
     * @return the index behind the header
     */
    public static int write(
            OptionalLong contentSize, boolean checksum, int planes, byte[] target, int at) {
        int sizeFlag = contentSize.isEmpty() ? 0 : sizeFlag(contentSize.getAsLong());
        LittleEndian.put32(target, at, MAGIC);
        int idFlag = planes > 1 ? ID_OF_4_BYTES : 0;
        target[at + 4] = (byte) (sizeFlag << 6 | (checksum ? CHECKSUM : 0) | idFlag);
        target[at + 5] = WINDOW_DESCRIPTOR;
        int next = at + 6;
        if (planes > 1) {
            LittleEndian.put32(target, next, PLANES_ID + planes);
            next += PLANES_BYTES;
        }
        long size = contentSize.orElse(0);
        switch (sizeFlag) {
            case 0 -> {}
            case 1 -> LittleEndian.put16(target, next, (int) size - OFFSET_OF_2_BYTES);
            case 2 -> LittleEndian.put32(target, next, size);
            default -> LittleEndian.put64(target, next, size);
        }
        return next + sizeBytes(sizeFlag, false);
    }

    private static int sizeFlag(long size) {
        if (size >= OFFSET_OF_2_BYTES && size < OFFSET_OF_2_BYTES + (1 << 16)) {
            return 1;
        }
        return size < 1L << 32 ? 2 : 3;
    }

    private static int sizeBytes(int sizeFlag, boolean singleSegment) {
        return sizeFlag == 0 ? (singleSegment ? 1 : 0) : 1 << sizeFlag;
    }

    /** How many bytes from {@code at} on {@link #read} needs, as far as those at hand tell. */
    static int bytesNeeded(InputBuffer input, int at) {
        int descriptorAt = at + MAGIC_BYTES;
        return input.length() <= descriptorAt
                ? MAGIC_BYTES + 1
                : headerBytes(input.bytes()[descriptorAt] & 0xFF);
    }

    private static int headerBytes(int descriptor) {
        boolean single = (descriptor & SINGLE_SEGMENT) != 0;
        return MAGIC_BYTES
                + 1
                + (single ? 0 : 1)
                + dictionaryBytes(descriptor)
                + sizeBytes(descriptor >>> 6, single);
    }

    private static int dictionaryBytes(int descriptor) {
        int flag = descriptor & 3;
        return flag == 3 ? 4 : flag;
    }

    /**
     * Reads the header at {@code input.bytes()[at]}, where a magic number was found.
     *
     * <p>No window is too large: it is only needed once there are sequences.
     *
     * @throws ZstdFormatException if it is not there as a whole, is not valid, or asks for a
     *     dictionary
     */
    static FrameHeader read(InputBuffer input, int at) throws ZstdFormatException {
        input.require(at, MAGIC_BYTES + 1, "a frame header");
        byte[] bytes = input.bytes();
        int descriptor = bytes[at + MAGIC_BYTES] & 0xFF;
        if ((descriptor & RESERVED) != 0) {
            throw input.failure(at + MAGIC_BYTES, "reserved bit of the frame header is set");
        }
        boolean single = (descriptor & SINGLE_SEGMENT) != 0;
        int dictionaryBytes = dictionaryBytes(descriptor);
        int sizeBytes = sizeBytes(descriptor >>> 6, single);
        int windowAt = at + MAGIC_BYTES + 1;
        int dictionaryAt = windowAt + (single ? 0 : 1);
        int sizeAt = dictionaryAt + dictionaryBytes;
        int end = sizeAt + sizeBytes;
        input.require(at, end - at, "a frame header");
        int planes = planes(number(bytes, dictionaryAt, dictionaryBytes));
        if (planes < 0) {
            throw input.failure(
                    dictionaryAt, "the frame needs a dictionary: use zstd -d -D dictionary");
        }
        long size = number(bytes, sizeAt, sizeBytes) + (sizeBytes == 2 ? OFFSET_OF_2_BYTES : 0);
        long window = single ? size : window(bytes[windowAt] & 0xFF);
        if (size == UNKNOWN_OF_LIBZSTD) {
            throw input.failure(
                    sizeAt, "the frame declares a content size of 2^64 - 1, which no content has");
        }
        return new FrameHeader(
                window,
                sizeBytes == 0 ? OptionalLong.empty() : OptionalLong.of(size),
                (descriptor & CHECKSUM) != 0,
                planes,
                end - at);
    }

    /** The byte planes that a dictionary's ID stands for, or -1. */
    private static int planes(long id) {
        if (id == 0) {
            return 1;
        }
        long planes = id - PLANES_ID;
        return planes >= BytePlanes.MIN && planes <= BytePlanes.MAX ? (int) planes : -1;
    }

    private static long window(int descriptor) {
        long base = 1L << (MIN_WINDOW_LOG + (descriptor >>> 3));
        return base + base / 8 * (descriptor & 7);
    }

    private static long number(byte[] bytes, int at, int count) {
        return switch (count) {
            case 0 -> 0;
            case 1 -> bytes[at] & 0xFF;
            case 2 -> LittleEndian.get16(bytes, at);
            case 4 -> LittleEndian.get32(bytes, at);
            default -> LittleEndian.get64(bytes, at);
        };
    }
}
