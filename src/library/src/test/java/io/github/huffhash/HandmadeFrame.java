package io.github.huffhash;

import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.zstd.BlockHeader;
import io.github.huffhash.internal.zstd.XxHash64;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A frame put together block by block, such as no encoder would write it. It does not say how much
 * content it has.
 */
final class HandmadeFrame {
    /** A seek table is a skippable frame of this kind. */
    static final long SEEK_TABLE_MAGIC = 0x184D2A5EL;

    private static final byte[] MAGIC_AND_FLAGS = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0};
    private static final int WINDOW_OF_128_KIB = 0x38;
    private static final int NONE = -1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Content content = new Content();

    /** Where the last block's header is. */
    private int last = NONE;

    /** Bytes that can be referred to without a copy. */
    private static final class Content extends ByteArrayOutputStream {
        void repeat(int back, int length) {
            for (int i = 0; i < length; i++) {
                write(buf[count - back]);
            }
        }
    }

    HandmadeFrame() {
        this(WINDOW_OF_128_KIB);
    }

    /**
     * @param window the window descriptor (RFC 8878, section 3.1.1.1.2)
     */
    HandmadeFrame(int window) {
        bytes.writeBytes(MAGIC_AND_FLAGS);
        bytes.write(window);
    }

    private void header(int type, int size) {
        last = bytes.size();
        little(size << 3 | type << 1, 3);
    }

    private void little(long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes.write((int) (value >>> (8 * i)));
        }
    }

    /** A block of bytes as they are. */
    HandmadeFrame raw(byte... block) {
        header(0, block.length);
        bytes.writeBytes(block);
        content.writeBytes(block);
        return this;
    }

    /** A block of one byte that is repeated. */
    HandmadeFrame rle(byte symbol, int count) {
        header(1, count);
        bytes.write(symbol);
        byte[] repeated = new byte[count];
        Arrays.fill(repeated, symbol);
        content.writeBytes(repeated);
        return this;
    }

    /**
     * A block with a tree of its own and four streams.
     *
     * @param lengths the code length of each symbol, at least one of 11 bits; the last that has a
     *     code is at most 128
     * @param literals what the streams decode to
     * @param streams the streams of its four parts
     */
    HandmadeFrame huffman(byte[] lengths, byte[] literals, byte[]... streams) {
        int symbols = 256;
        while (lengths[symbols - 1] == 0) {
            symbols--;
        }
        int weights = symbols - 1; // the last one is not stated
        int treeBytes = 1 + (weights + 1) / 2;
        int stored = treeBytes + 6;
        for (byte[] stream : streams) {
            stored += stream.length;
        }
        header(2, 5 + stored + 1);
        little(2 | 3 << 2 | (long) literals.length << 4 | (long) stored << 22, 5);
        bytes.write(127 + weights);
        for (int i = 0; i < weights; i += 2) {
            bytes.write(weight(lengths[i]) << 4 | (i + 1 < weights ? weight(lengths[i + 1]) : 0));
        }
        for (int i = 0; i < 3; i++) {
            little(streams[i].length, 2);
        }
        for (byte[] stream : streams) {
            bytes.writeBytes(stream);
        }
        bytes.write(0); // no sequences
        content.writeBytes(literals);
        return this;
    }

    private static int weight(int length) {
        return length == 0 ? 0 : 12 - length;
    }

    /** Blocks as this library writes them: Huffman-coded, if that is shorter. */
    HandmadeFrame plain(byte[] unit) {
        byte[] blocks = new byte[UnitCompressor.maxCompressedBytes(unit.length)];
        int length = new UnitCompressor().compress(unit, 0, unit.length, blocks, 0);
        last = bytes.size() + BlockHeader.lastOf(blocks, 0, length);
        bytes.write(blocks, 0, length);
        content.writeBytes(unit);
        return this;
    }

    /**
     * A block of one sequence and of literals behind it.
     *
     * @param back how far back the match is
     * @param length bytes of the match, from 131 on, or 3
     */
    HandmadeFrame match(int back, int length, byte... literals) {
        int offsetBits = log2(back + 3);
        int lengthBits = length == 3 ? 0 : log2(length - 3);
        long extra = (long) (back + 3 - (1 << offsetBits)) << lengthBits;
        extra |= length == 3 ? 0 : length - 3 - (1 << lengthBits);
        int bitBytes = (offsetBits + lengthBits) / 8 + 1;
        header(2, 3 + literals.length + 1 + 1 + 3 + bitBytes);
        little((long) literals.length << 4 | 3 << 2, 3); // they are raw
        bytes.writeBytes(literals);
        bytes.write(1); // sequence
        bytes.write(0x54); // each table has one code
        bytes.write(0); // no literals before the match
        bytes.write(offsetBits);
        bytes.write(length == 3 ? 0 : 36 + lengthBits);
        little(1L << (offsetBits + lengthBits) | extra, bitBytes);
        content.repeat(back, length);
        content.writeBytes(literals);
        return this;
    }

    private static int log2(int number) {
        return 31 - Integer.numberOfLeadingZeros(number);
    }

    /** Bytes so far, without a checksum: where the last block ends. */
    int length() {
        return bytes.size();
    }

    /** A block that claims to have no content, and has many bytes that are not read. */
    HandmadeFrame withoutContent(int size) {
        header(2, size);
        byte[] block = new byte[size];
        int stored = size - 5 - 1;
        long literals = 2 | 3 << 2 | (long) stored << 22;
        for (int i = 0; i < 5; i++) {
            block[i] = (byte) (literals >>> (8 * i));
        }
        bytes.writeBytes(block);
        return this;
    }

    byte[] content() {
        return content.toByteArray();
    }

    /** The frame without a checksum. */
    byte[] bytes() {
        byte[] all = bytes.toByteArray();
        all[last] |= 1;
        return all;
    }

    /** The frame with a checksum. */
    byte[] checked() {
        byte[] all = Arrays.copyOf(bytes(), bytes.size() + 4);
        all[4] |= 4;
        LittleEndian.put32(all, bytes.size(), checksum());
        return all;
    }

    long checksum() {
        return XxHash64.checksum(content(), 0, content.size());
    }

    /** A file of these frames with a seek table that has their sizes. */
    static byte[] seekable(byte[][] frames, int[] contentBytes) {
        return seekable(frames, contentBytes, new long[0]);
    }

    /**
     * A file of these frames with a seek table that has their sizes.
     *
     * @param checksums the frames' checksums, or none
     */
    static byte[] seekable(byte[][] frames, int[] contentBytes, long[] checksums) {
        var file = new ByteArrayOutputStream();
        int entryBytes = checksums.length > 0 ? 12 : 8;
        byte[] table = new byte[8 + frames.length * entryBytes + 9];
        LittleEndian.put32(table, 0, SEEK_TABLE_MAGIC);
        LittleEndian.put32(table, 4, table.length - 8);
        int at = 8;
        for (int i = 0; i < frames.length; i++, at += entryBytes) {
            file.writeBytes(frames[i]);
            LittleEndian.put32(table, at, frames[i].length);
            LittleEndian.put32(table, at + 4, contentBytes[i]);
            if (checksums.length > 0) {
                LittleEndian.put32(table, at + 8, checksums[i]);
            }
        }
        LittleEndian.put32(table, at, frames.length);
        table[at + 4] = (byte) (checksums.length > 0 ? 0x80 : 0);
        LittleEndian.put32(table, at + 5, 0x8F92EAB1L);
        file.writeBytes(table);
        return file.toByteArray();
    }
}
