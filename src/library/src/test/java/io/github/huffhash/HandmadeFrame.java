package io.github.huffhash;

import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.zstd.XxHash64;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A frame put together block by block, such as no encoder would write it. Its window is 128 KiB,
 * and it does not say how much content it has.
 */
final class HandmadeFrame {
    private static final byte[] HEADER = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 0x38};
    private static final int NONE = -1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    /** Where the last block's header is. */
    private int last = NONE;

    HandmadeFrame() {
        bytes.writeBytes(HEADER);
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
        LittleEndian.put32(table, 0, 0x184D2A5EL);
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
