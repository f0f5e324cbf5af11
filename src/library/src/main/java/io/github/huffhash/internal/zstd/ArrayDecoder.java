package io.github.huffhash.internal.zstd;

import java.util.Arrays;
import java.util.Optional;

/**
 * Decodes a file that is in memory, or a part of one: frames, and skippable ones, in any order.
 *
 * <p>An instance is used once. Output grows with what has been decoded: no declared size is
 * believed unless the input is long enough for it.
 */
public final class ArrayDecoder {
    /** No virtual machine refuses an array of this length for its length. */
    private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8;

    private final InputBuffer input;
    private final int maxBytes;
    private final FrameParser parser = new FrameParser();
    private final BlockDecoder blocks = BlockDecoder.take();
    private byte[] output = new byte[0];
    private int length;

    /** Made when the file's first sequences are decoded. */
    private Optional<SequenceDecoder> sequenceDecoder = Optional.empty();

    private byte[] literals = {};

    /** The frame at hand, and where it begins, in the input and in the output. */
    private Optional<FrameHeader> frame = Optional.empty();

    private int frameAt;

    private int frameStart;

    private int at;

    /** Byte planes of the frame at hand, and where in the output they have not been joined. */
    private int planes = 1;

    private int unitStart;

    /** Checksums that frames with content must have besides their own, from an index on. */
    private Optional<LongList> expected = Optional.empty();

    private int nextExpected;

    /** What is wrong with a part that has another size than it should. */
    private Optional<String> otherSize = Optional.empty();

    /**
     * @param at where in {@code input.bytes()} to begin
     * @param maxBytes the most bytes that may come out
     */
    ArrayDecoder(InputBuffer input, int at, int maxBytes) {
        this.input = input;
        this.at = at;
        this.maxBytes = Math.min(maxBytes, MAX_ARRAY_BYTES);
    }

    /**
     * Decodes the file in {@code file[offset]} to {@code file[offset + length - 1]}.
     *
     * @param maxBytes the most bytes that may come out
     * @throws ZstdFormatException if the file is not valid, needs a dictionary, or has more than
     *     {@code maxBytes} of content
     */
    public static byte[] decode(byte[] file, int offset, int length, int maxBytes)
            throws ZstdFormatException {
        var input = new InputBuffer(file, offset + length, -offset);
        var decoder = new ArrayDecoder(input, offset, maxBytes);
        try {
            while (decoder.step()) {
                // go on
            }
        } finally {
            decoder.blocks.giveBack();
        }
        return decoder.content();
    }

    /** The input begins before a block of a frame, and has nothing behind that frame's blocks. */
    void continueFrame(int maxBlockBytes, int framePlanes, Optional<InputBuffer> tree) {
        parser.continueFrame(maxBlockBytes, framePlanes);
        blocks.begin(tree);
        planes = framePlanes;
    }

    /** Frames with content must have these checksums, from an index on. */
    void expect(LongList checksums, int from) {
        expected = Optional.of(checksums);
        nextExpected = from;
    }

    /**
     * Decodes an input that ends where an element does (if it began with a frame, where a frame
     * does), and has as many bytes of content as may come out.
     *
     * @param reason what is wrong if it has more or fewer
     */
    byte[] decodePart(String reason) throws ZstdFormatException {
        otherSize = Optional.of(reason);
        try {
            while (at < input.length()) {
                step();
            }
            joinPlanes();
        } finally {
            blocks.giveBack();
        }
        if (length != maxBytes || (frame.isPresent() && !parser.isBetweenFrames())) {
            throw input.failure(0, reason);
        }
        return content();
    }

    private byte[] content() {
        return length == output.length ? output : Arrays.copyOf(output, length);
    }

    /** Takes the next element; false at the end of the file. */
    private boolean step() throws ZstdFormatException {
        FrameParser.Element element = parser.next(input, at);
        boolean inFrame = true;
        if (element instanceof BlockInfo block) {
            block(block);
            if (block.header().last() || length - unitStart == Limits.UNIT_BYTES) {
                joinPlanes();
            }
        } else if (element instanceof FrameHeader header) {
            begin(header);
        } else if (element instanceof FrameParser.Checksum checksum) {
            checksum.verify(XxHash64.checksum(output, frameStart, length - frameStart));
        } else if (element instanceof FrameParser.Skippable skippable) {
            if (skippable.totalBytes() > input.length() - at) {
                throw input.failure(input.length(), "truncated in a skippable frame");
            }
            inFrame = false;
        } else {
            return false;
        }
        at += (int) element.totalBytes();
        if (inFrame && expected.isPresent() && parser.isBetweenFrames() && length > frameStart) {
            requireExpected(
                    element instanceof FrameParser.Checksum verified
                            ? verified.value()
                            : XxHash64.checksum(output, frameStart, length - frameStart));
        }
        return true;
    }

    private void requireExpected(long checksum) throws ZstdFormatException {
        LongList all = expected.orElseThrow();
        if (nextExpected == all.size() || all.get(nextExpected) != checksum) {
            throw input.failure(frameAt, RandomAccessIndex.OTHER_CHECKSUM);
        }
        nextExpected++;
    }

    private void begin(FrameHeader header) {
        frameAt = at;
        frameStart = length;
        frame = Optional.of(header);
        sequenceDecoder.ifPresent(SequenceDecoder::beginFrame);
        planes = header.planes();
        unitStart = length;
        blocks.begin(Optional.empty());
        // a declared size is believed as far as the rest of the file can be Huffman codes of it
        long rest = (long) input.length() - at - header.bytes();
        long believed = Math.min(header.contentSize().orElse(0), rest * Byte.SIZE);
        if (believed > output.length - length) {
            grow(believed);
        }
    }

    private void block(BlockInfo block) throws ZstdFormatException {
        if (block.hasSequences()) {
            sequences(block);
        } else {
            reserve(block.contentBytes());
            blocks.decode(input, at, block, output, length);
            length += block.contentBytes();
        }
        if (frame.isPresent()) {
            boolean last = block.header().last();
            frame.get().requireContent(input.offset() + frameAt, length - frameStart, last);
        }
    }

    private void sequences(BlockInfo block) throws ZstdFormatException {
        if (frame.isEmpty()) {
            throw ZstdFormatException.sequences(input.offset() + at);
        }
        if (sequenceDecoder.isEmpty()) {
            sequenceDecoder = Optional.of(new SequenceDecoder());
            literals = new byte[Limits.MAX_BLOCK_BYTES + Sequences.SLACK];
        }
        blocks.decode(input, at, block, literals, 0);
        Sequences sequences =
                sequenceDecoder.get().decode(input, at, block, frame.get(), length - frameStart);
        reserve(sequences.contentBytes);
        sequences.execute(literals, block.contentBytes(), output, length, 0);
        length += sequences.contentBytes;
    }

    private void reserve(int bytes) throws ZstdFormatException {
        if (bytes > maxBytes - length) {
            throw otherSize.isPresent()
                    ? input.failure(0, otherSize.get())
                    : input.failure(at, "more than the " + maxBytes + " bytes allowed");
        }
        if (bytes > output.length - length) {
            grow(bytes);
        }
    }

    /** Joins the planes of the unit at hand, whose blocks have been decoded. */
    private void joinPlanes() {
        if (planes > 1) {
            blocks.joinPlanes(output, unitStart, length - unitStart, planes);
        }
        unitStart = length;
    }

    /** At least doubles what there is, so that many small frames are not copied for each other. */
    private void grow(long bytes) {
        long doubled = Math.max(2L * output.length, length + bytes);
        output = Arrays.copyOf(output, (int) Math.min(maxBytes, doubled));
    }
}
