package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes the content of a file of decoded groups, one after the other in order: carries out
 * sequences, and verifies sizes and checksums.
 *
 * <p>Not thread-safe.
 */
public final class ContentReader {
    /** Buffers of all frugal readers. */
    private static final BufferPool<byte[]> BLOCK_BUFFERS = BufferPool.ofAllThreads();

    private final GroupReader reader;
    private final BufferPool<byte[]> pool;
    private final int bufferBytes;
    private final long maxBytes;
    private final long maxWindowBytes;
    private final Window window;

    /** Made when it is first needed. */
    private Optional<SequenceDecoder> decoder = Optional.empty();

    /** The frame at hand, where in the file it begins, and how much content it has had. */
    private Optional<FrameHeader> frame = Optional.empty();

    private long frameOffset;
    private long frameContent;

    /** The hash of the frame's content, if it has a checksum. */
    private Optional<XxHash64> hash = Optional.empty();

    private long allContent;
    private long passedContent;

    /** How many bytes of content the last group has. */
    private int length;

    /**
     * @param reader where the groups come from
     * @param maxBytes the most bytes that all content may have
     * @param maxWindowBytes the largest window a frame with sequences may need; {@link
     *     Long#MAX_VALUE} for any
     */
    public ContentReader(GroupReader reader, long maxBytes, long maxWindowBytes) {
        this.reader = reader;
        pool = reader.isFrugal() ? BLOCK_BUFFERS : new BufferPool<>();
        bufferBytes = reader.groupBytes();
        this.maxBytes = maxBytes;
        this.maxWindowBytes = maxWindowBytes;
        window = new Window(pool, bufferBytes, reader.isFrugal());
    }

    /** Decodes a group, in any thread, as {@link BlockDecoder#decode} does. */
    public BlockDecoder.Decoded decode(BlockGroup group) throws ZstdFormatException {
        return BlockDecoder.decode(group, pool, bufferBytes);
    }

    /**
     * Takes the next group. Its content is in {@link #bytes} until the next call.
     *
     * @throws ZstdFormatException if its sequences are not valid, or need too large a window; or if
     *     a frame ends whose size or checksum is another than its content's
     */
    public void accept(BlockDecoder.Decoded decoded) throws ZstdFormatException {
        BlockGroup group = decoded.group();
        length = 0;
        if (group.opening().isPresent()) {
            beginFrame(group.opening().get(), group);
        }
        FrameHeader header = frame.orElseThrow();
        if (group.hasSequences()) {
            takeSequences(group, decoded.content(), header);
            group.release();
        } else {
            requireAllowed(group.contentBytes(), group);
            length = group.contentBytes();
            window.add(decoded.content(), length);
        }
        frameContent += length;
        allContent += length;
        header.requireContent(frameOffset, frameContent, group.isLast());
        if (hash.isPresent()) {
            hash.get().update(bytes(), from(), length);
        }
        if (group.checksum().isPresent()) {
            group.checksum().get().verify(hash.orElseThrow().checksum());
        }
    }

    /**
     * Passes over frames that have at most {@code most} bytes of content together, as {@link
     * GroupReader#passFrame} does. All groups that the reader has given must have been accepted.
     */
    public void passFrames(long most) throws IOException {
        long end = passedContent + Math.min(most, maxBytes - allContent);
        OptionalLong passed = OptionalLong.of(0);
        while (passedContent < end && passed.isPresent()) {
            passed = reader.passFrame(end - passedContent);
            passedContent += passed.orElse(0);
            allContent += passed.orElse(0);
        }
    }

    /** How much content there has been, passed over or not. */
    public long allContent() {
        return allContent;
    }

    /** How much content has been passed over. */
    public long passedContent() {
        return passedContent;
    }

    private void beginFrame(FrameHeader header, BlockGroup group) {
        frame = Optional.of(header);
        frameOffset = group.input().offset() + group.from() - header.bytes();
        frameContent = 0;
        decoder.ifPresent(SequenceDecoder::beginFrame);
        hash = header.checksum() ? Optional.of(new XxHash64()) : Optional.empty();
        long reach = isAllowed(header) ? header.reachBytes() : 0;
        window.beginFrame((int) Math.min(reach, Window.MAX_BYTES));
    }

    private boolean isAllowed(FrameHeader header) {
        return header.reachBytes() <= maxWindowBytes;
    }

    private void requireAllowed(int contentBytes, BlockGroup group) throws ZstdFormatException {
        if (contentBytes > maxBytes - allContent) {
            throw group.input()
                    .failure(group.from(), "more than the " + maxBytes + " bytes allowed");
        }
    }

    private void takeSequences(BlockGroup group, byte[] literals, FrameHeader header)
            throws ZstdFormatException {
        long most = isAllowed(header) ? Window.MAX_BYTES : maxWindowBytes;
        if (!isAllowed(header) || Math.min(header.reachBytes(), frameContent) > most) {
            throw ZstdFormatException.window(frameOffset, header.reachBytes(), most);
        }
        if (decoder.isEmpty()) {
            decoder = Optional.of(new SequenceDecoder());
        }
        BlockInfo block = group.blocks().get(0);
        Sequences sequences =
                decoder.get().decode(group.input(), group.from(), block, header, frameContent);
        requireAllowed(sequences.contentBytes, group);
        window.add(sequences, literals, group.contentBytes());
        length = sequences.contentBytes;
    }

    /** The array that has the content of the last group. */
    public byte[] bytes() {
        return window.bytes();
    }

    /** Index of its first byte. */
    public int from() {
        return window.from();
    }

    /** How many bytes it has. */
    public int length() {
        return length;
    }
}
