package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;

/**
 * The 3 bytes before every block (RFC 8878, section 3.1.1.2).
 *
 * @param last whether the frame has no block behind this one
 * @param type what follows
 * @param size bytes that follow; of an RLE block, how often its one byte is repeated
 */
public record BlockHeader(boolean last, Type type, int size) {
    /** Bytes of a block header. */
    public static final int BYTES = 3;

    /** What kind of block it is. */
    public enum Type {
        /** The bytes themselves. */
        RAW(0),
        /** One byte, to be repeated. */
        RLE(1),
        /** A literals section and a sequences section. */
        COMPRESSED(2);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        /** Whether the bits of a block header say this type. */
        boolean isIn(int bits) {
            return (bits >>> 1 & 3) == number;
        }
    }

    /** Bytes from this header to the next one. */
    public int storedBytes() {
        return type == Type.RLE ? 1 : size;
    }

    /** Writes the header at {@code target[at]}. */
    public void write(byte[] target, int at) {
        LittleEndian.put24(target, at, size << 3 | type.number << 1 | (last ? 1 : 0));
    }

    /** Turns the header at {@code target[at]} into that of a frame's last block. */
    public static void markLast(byte[] target, int at) {
        target[at] |= 1;
    }

    /**
     * Where the last of some blocks begins.
     *
     * @param blocks has valid blocks from {@code from} to {@code from + length - 1}, at least one
     * @throws IllegalArgumentException if it has not
     */
    public static int lastOf(byte[] blocks, int from, int length) {
        int end = from + length;
        for (int at = from; end - at >= BYTES; ) {
            int bits = LittleEndian.get24(blocks, at);
            int next = at + BYTES + (Type.RLE.isIn(bits) ? 1 : bits >>> 3);
            if (next == end) {
                return at;
            }
            at = next;
        }
        throw new IllegalArgumentException("not the blocks of a unit");
    }

    /**
     * Reads the header at {@code input.bytes()[at]}.
     *
     * @throws ZstdFormatException if it is not there as a whole, or has the reserved type
     */
    static BlockHeader read(InputBuffer input, int at) throws ZstdFormatException {
        input.require(at, BYTES, "a block header");
        int bits = LittleEndian.get24(input.bytes(), at);
        Type type =
                switch (bits >>> 1 & 3) {
                    case 0 -> Type.RAW;
                    case 1 -> Type.RLE;
                    case 2 -> Type.COMPRESSED;
                    default -> throw input.failure(at, "reserved block type");
                };
        return new BlockHeader((bits & 1) != 0, type, bits >>> 3);
    }
}
