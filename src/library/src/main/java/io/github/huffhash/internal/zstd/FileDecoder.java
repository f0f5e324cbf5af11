package io.github.huffhash.internal.zstd;

import java.util.Arrays;
import java.util.OptionalLong;

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
    private final FileWalker walker = new FileWalker();
    private final BlockDecoder blocks = new BlockDecoder();
    private byte[] output = new byte[0];
    private int length;
    private int at;

    private FileDecoder(byte[] file, int offset, int length, int maxBytes) {
        this.file = new Chunk(file, offset + length, -offset);
        at = offset;
        this.maxBytes = Math.min(maxBytes, MAX_ARRAY_BYTES);
    }

    /**
     * Decodes the file in {@code file[offset]} to {@code file[offset + length - 1]}.
     *
     * @param maxBytes the most bytes that may come out
     * @throws ZstdFormatException if the file is not valid, has sequences, needs a dictionary, or
     *     has more than {@code maxBytes} of content
     */
    public static byte[] decode(byte[] file, int offset, int length, int maxBytes)
            throws ZstdFormatException {
        var decoder = new FileDecoder(file, offset, length, maxBytes);
        decoder.frames();
        return decoder.length == decoder.output.length
                ? decoder.output
                : Arrays.copyOf(decoder.output, decoder.length);
    }

    private void frames() throws ZstdFormatException {
        while (true) {
            FileItem item = walker.next(file, at);
            if (item instanceof FileItem.Frame frame) {
                frame(frame.header());
            } else if (item instanceof FileItem.Skippable skippable) {
                skip(skippable.bytes());
            } else {
                return;
            }
        }
    }

    private void skip(long bytes) throws ZstdFormatException {
        if (bytes > file.length() - at) {
            throw file.failure(file.length(), "truncated in a skippable frame");
        }
        at += (int) bytes;
    }

    private void frame(FrameHeader header) throws ZstdFormatException {
        var check = new ContentCheck(header);
        int from = length;
        at += header.bytes();
        expect(header.contentSize().orElse(0));
        blocks.reset();
        boolean last = false;
        while (!last) {
            var block = (FileItem.Block) walker.next(file, at);
            block(block.outline());
            last = block.outline().header().last();
        }
        check.add(output, from, length - from);
        if (header.checksum()) {
            var checksum = (FileItem.Checksum) walker.next(file, at);
            check.end(OptionalLong.of(checksum.value()), at);
            at += FrameHeader.CHECKSUM_BYTES;
        } else {
            check.end(OptionalLong.empty(), at);
        }
    }

    private void block(BlockOutline outline) throws ZstdFormatException {
        makeRoom(outline.regeneratedSize());
        blocks.decode(file, at, outline, output, length);
        length += outline.regeneratedSize();
        at += outline.bytes();
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
