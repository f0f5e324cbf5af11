package io.github.huffhash.internal.zstd;

import java.util.Arrays;
import java.util.Optional;

/**
 * Decodes a whole file that is in memory: frames without sequences, and skippable ones, in any
 * order.
 *
 * <p>An instance is for one file. Output grows with what has been decoded: no declared size is
 * believed unless the file is long enough for it.
 */
public final class ArrayDecoder {
    /** No virtual machine refuses an array of this length for its length. */
    private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8;

    private final InputBuffer file;
    private final int maxBytes;
    private final FrameParser parser = new FrameParser();
    private final BlockDecoder blocks = new BlockDecoder();
    private final ChecksumVerifier verifier = new ChecksumVerifier();
    private byte[] output = new byte[0];
    private int length;

    /** Content of the frame at hand begins here. */
    private int frameStart;

    private int at;

    private ArrayDecoder(byte[] file, int offset, int length, int maxBytes) {
        this.file = new InputBuffer(file, offset + length, -offset);
        this.maxBytes = Math.min(maxBytes, MAX_ARRAY_BYTES);
        at = offset;
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
        var decoder = new ArrayDecoder(file, offset, length, maxBytes);
        decoder.run();
        return decoder.length == decoder.output.length
                ? decoder.output
                : Arrays.copyOf(decoder.output, decoder.length);
    }

    private void run() throws ZstdFormatException {
        while (true) {
            FrameParser.Element element = parser.next(file, at);
            if (element instanceof BlockInfo block) {
                block(block);
            } else if (element instanceof FrameHeader header) {
                begin(header);
            } else if (element instanceof FrameParser.Checksum checksum) {
                verifier.add(output, frameStart, length - frameStart);
                verifier.end(checksum);
            } else if (element instanceof FrameParser.Skippable skippable) {
                if (skippable.totalBytes() > file.length() - at) {
                    throw file.failure(file.length(), "truncated in a skippable frame");
                }
            } else {
                return;
            }
            at += (int) element.totalBytes();
        }
    }

    private void begin(FrameHeader header) {
        frameStart = length;
        verifier.begin(header);
        blocks.begin(Optional.empty());
        // a declared size is believed as far as the rest of the file can be Huffman codes of it
        long rest = (long) file.length() - at - header.bytes();
        long believed = Math.min(header.contentSize().orElse(0), rest * Byte.SIZE);
        if (believed > output.length - length) {
            grow(believed);
        }
    }

    private void block(BlockInfo block) throws ZstdFormatException {
        int bytes = block.contentBytes();
        if (bytes > maxBytes - length) {
            throw file.failure(at, "more than the " + maxBytes + " bytes allowed");
        }
        if (bytes > output.length - length) {
            grow(bytes);
        }
        blocks.decode(file, at, block, output, length);
        length += bytes;
    }

    /** At least doubles what there is, so that many small frames are not copied for each other. */
    private void grow(long bytes) {
        long doubled = Math.max(2L * output.length, length + bytes);
        output = Arrays.copyOf(output, (int) Math.min(maxBytes, doubled));
    }
}
