package io.github.huffhash.internal.zstd;

/**
 * The 1 to 5 bytes before a block's literals (RFC 8878, section 3.1.1.3.1.1), always in the
 * shortest form when written.
 *
 * @param type how the literals are stored
 * @param streams 1 or 4; 1 unless they are Huffman-coded
 * @param regeneratedSize how many literals there are
 * @param storedSize bytes that follow: tree description, jump table and streams, the literals
 *     themselves, or the one byte to be repeated
 * @param bytes bytes of the header itself
 */
record LiteralsHeader(Type type, int streams, int regeneratedSize, int storedSize, int bytes) {
    /** The most literals one stream may have: that is what 10 bits hold. */
    static final int MAX_LITERALS_OF_1 = (1 << 10) - 1;

    /** How literals are stored. */
    enum Type {
        /** As they are. */
        RAW(0),
        /** One byte, to be repeated. */
        RLE(1),
        /** Huffman-coded, with a tree description. */
        COMPRESSED(2),
        /** Huffman-coded with the tree of a block before. */
        TREELESS(3);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        private static Type of(int number) {
            return switch (number) {
                case 0 -> RAW;
                case 1 -> RLE;
                case 2 -> COMPRESSED;
                default -> TREELESS;
            };
        }

        boolean huffman() {
            return this == COMPRESSED || this == TREELESS;
        }
    }

    /**
     * The header of Huffman-coded literals.
     *
     * @param regeneratedSize how many there are; more than {@link #MAX_LITERALS_OF_1} take 4
     *     streams
     * @param storedSize not more than {@code regeneratedSize}
     */
    static LiteralsHeader huffman(Type type, int streams, int regeneratedSize, int storedSize) {
        int bytes = huffmanBytes(regeneratedSize);
        return new LiteralsHeader(type, streams, regeneratedSize, storedSize, bytes);
    }

    /** Bytes of the header before this many Huffman-coded literals. */
    static int huffmanBytes(int regeneratedSize) {
        return regeneratedSize <= MAX_LITERALS_OF_1 ? 3 : regeneratedSize < 1 << 14 ? 4 : 5;
    }

    /** Writes the header, that of Huffman-coded literals, at {@code target[at]}. */
    void write(byte[] target, int at) {
        int format = streams == 1 ? 0 : bytes - 2;
        long sizes = regeneratedSize | (long) storedSize << huffmanSizeBits(bytes);
        long bits = sizes << 4 | format << 2 | type.number;
        for (int i = 0; i < bytes; i++) {
            target[at + i] = (byte) (bits >>> (8 * i));
        }
    }

    /** Bytes of the header that begins with this one. */
    static int bytes(byte first) {
        int format = first >>> 2 & 3;
        if (Type.of(first & 3).huffman()) {
            return Math.max(3, format + 2);
        }
        return (format & 1) == 0 ? 1 : (format + 3) / 2;
    }

    /**
     * Reads the header at {@code input.bytes()[at]}.
     *
     * @param blockBytes bytes from there to the end of the block
     * @throws ZstdFormatException if the block ends before the header does
     */
    static LiteralsHeader read(InputBuffer input, int at, int blockBytes)
            throws ZstdFormatException {
        if (blockBytes == 0) {
            throw input.failure(at, "compressed block without a literals section");
        }
        byte first = input.bytes()[at];
        Type type = Type.of(first & 3);
        int format = first >>> 2 & 3;
        int bytes = bytes(first);
        if (bytes > blockBytes) {
            throw input.failure(at, "compressed block ends within its literals header");
        }
        long bits = 0;
        for (int i = 0; i < bytes; i++) {
            bits |= (input.bytes()[at + i] & 0xFFL) << (8 * i);
        }
        if (!type.huffman()) {
            int size = (int) (bits >>> (bytes == 1 ? 3 : 4));
            return new LiteralsHeader(type, 1, size, type == Type.RLE ? 1 : size, bytes);
        }
        int width = huffmanSizeBits(bytes);
        int mask = (1 << width) - 1;
        int regenerated = (int) (bits >>> 4) & mask;
        int stored = (int) (bits >>> (4 + width)) & mask;
        return new LiteralsHeader(type, format == 0 ? 1 : 4, regenerated, stored, bytes);
    }

    /** Bits of each of the two sizes in a header of 3, 4 or 5 bytes. */
    private static int huffmanSizeBits(int bytes) {
        return bytes == 3 ? 10 : bytes == 4 ? 14 : 18;
    }
}
