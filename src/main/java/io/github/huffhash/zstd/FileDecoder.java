package io.github.huffhash.zstd;

import io.github.huffhash.bits.LittleEndian;
import java.util.Arrays;

/**
 * Decodes a whole file in memory: frames without sequences, and skippable ones, in any order.
 *
 * <p>An instance is for one file. Output grows with what has been decoded: no declared size is
 * believed unless the file is long enough for it.
 */
public final class FileDecoder {
    /** No virtual machine refuses an array of this length for its length. */
    private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8;

    private final Chunk file;
    private final int maxBytes;
    private final BlockDecoder blocks = new BlockDecoder();
    private byte[] output;
    private int length;
    private int at;

    private FileDecoder(byte[] file, int maxBytes) {
        this.file = new Chunk(file, file.length, 0);
        this.maxBytes = Math.min(maxBytes, MAX_ARRAY_BYTES);
        this.output = new byte[0];
    }

    /**
     * Decodes a file.
     *
     * @param maxBytes the most bytes that may come out
     * @throws ZstdFormatException if the file is not valid, has sequences, needs a dictionary, or
     *     has more than {@code maxBytes} of content
     */
    public static byte[] decode(byte[] file, int maxBytes) throws ZstdFormatException {
        var decoder = new FileDecoder(file, maxBytes);
        decoder.frames();
        return decoder.length == decoder.output.length
                ? decoder.output
                : Arrays.copyOf(decoder.output, decoder.length);
    }

    private void frames() throws ZstdFormatException {
        if (file.length() == 0) {
            throw file.failure(0, "the file is empty: not even a frame");
        }
        while (at < file.length()) {
            long magic = magic();
            if (magic == FrameHeader.MAGIC) {
                frame();
            } else if (SkippableFrame.isMagic(magic)) {
                skip();
            } else if (at == 0) {
                throw file.failure(at, "not a Zstandard file: wrong magic number");
            } else {
                throw file.failure(at, "no frame behind the last one, but something else");
            }
        }
    }

    /** The number a frame should begin with here; only the beginning of one is truncated. */
    private long magic() throws ZstdFormatException {
        int there = Math.min(FrameHeader.MAGIC_BYTES, file.length() - at);
        byte[] bytes = Arrays.copyOf(Arrays.copyOfRange(file.bytes(), at, at + there), 4);
        long magic = LittleEndian.get32(bytes, 0);
        long missing = -1L << (8 * there);
        if (there < FrameHeader.MAGIC_BYTES
                && (magic == (FrameHeader.MAGIC & ~missing)
                        || SkippableFrame.isMagic(magic | (SkippableFrame.MAGIC & missing)))) {
            throw file.failure(file.length(), "truncated in a frame's magic number");
        }
        return magic;
    }

    private void skip() throws ZstdFormatException {
        long size = SkippableFrame.contentBytes(file, at);
        at += SkippableFrame.HEADER_BYTES;
        if (size > file.length() - at) {
            throw file.failure(file.length(), "truncated in a skippable frame");
        }
        at += (int) size;
    }

    private void frame() throws ZstdFormatException {
        int start = at;
        int from = length;
        FrameHeader header = FrameHeader.read(file, at);
        at += header.bytes();
        expect(header.contentSize().orElse(0));
        blocks.reset();
        boolean last;
        do {
            BlockOutline outline = BlockOutline.read(file, at, header.maxBlockBytes());
            makeRoom(outline.regeneratedSize());
            blocks.decode(file, at, outline, output, length);
            length += outline.regeneratedSize();
            at += outline.bytes();
            last = outline.header().last();
        } while (!last);
        if (header.contentSize().isPresent() && header.contentSize().getAsLong() != length - from) {
            throw file.failure(
                    start,
                    "the frame declares "
                            + Long.toUnsignedString(header.contentSize().getAsLong())
                            + " bytes of content, but has "
                            + (length - from));
        }
        if (header.checksum()) {
            checksum(from);
        }
    }

    private void checksum(int from) throws ZstdFormatException {
        file.require(at, FrameHeader.CHECKSUM_BYTES, "a frame's checksum");
        long stored = LittleEndian.get32(file.bytes(), at);
        long computed = XxHash64.checksum(output, from, length - from);
        if (stored != computed) {
            throw file.failure(
                    at, "wrong checksum: %08x, but %08x stored".formatted(computed, stored));
        }
        at += FrameHeader.CHECKSUM_BYTES;
    }

    /**
     * Makes room for a declared size, as far as the rest of the file could be Huffman codes of it.
     */
    private void expect(long declared) {
        long believed = Math.min(declared, (file.length() - at) * (long) Byte.SIZE);
        if (believed > output.length - length) {
            grow(believed);
        }
    }

    private void makeRoom(int bytes) throws ZstdFormatException {
        if (bytes > maxBytes - length) {
            throw file.failure(at, "more than the " + maxBytes + " bytes allowed");
        }
        if (bytes > output.length - length) {
            grow(bytes);
        }
    }

    /** At least doubles what there is, so that many small frames are not copied for each other. */
    private void grow(long bytes) {
        long doubled = Math.max(2L * output.length, length + bytes);
        output = Arrays.copyOf(output, (int) Math.min(maxBytes, doubled));
    }
}
