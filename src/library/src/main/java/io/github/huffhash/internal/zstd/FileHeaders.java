package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** All headers of a file, read in one pass from one to the next; nothing is decoded. */
public final class FileHeaders {
    /** A group has no more bytes of content, unless it is a single block. */
    private static final int GROUP_BYTES = Limits.MAX_BLOCK_BYTES;

    /** Nor of the file: blocks may have no content. */
    private static final int MAX_FILE_BYTES = 4 * Limits.MAX_BLOCK_BYTES;

    /** More than one element needs: small ones follow each other closely. */
    private static final int WINDOW_BYTES = 512;

    static final long NO_TREE = -1;

    private final SeekableByteChannel file;
    private final long size;
    private final FrameParser parser = new FrameParser();

    /** The part of the file that has been read last. */
    private InputBuffer window = new InputBuffer(new byte[WINDOW_BYTES], 0, 0);

    private long skippableFrames;
    private long checkedFrames;

    /** Bytes of content that frames declare, or else have. */
    private long declared;

    private boolean sizeKnown = true;

    /** Bytes of content in all blocks so far; right if there are no sequences. */
    long content;

    /** Where in the file the first sequences are. */
    OptionalLong sequences = OptionalLong.empty();

    /** Whether the file ends with a skippable frame that can be a seek table. */
    boolean endsWithTable;

    final List<Frame> frames = new ArrayList<>();
    final List<Group> groups = new ArrayList<>();

    /**
     * A frame with content.
     *
     * @param offset where in the file
     * @param contentStart where in the content
     */
    record Frame(long offset, long contentStart, FrameHeader header) {}

    /**
     * Consecutive blocks with content.
     *
     * @param offset where in the file
     * @param contentStart where in the content
     * @param fileBytes bytes of the blocks
     * @param maxBlockBytes the most bytes a block of its frame may have
     * @param tree where in the file the last tree description before it in its frame begins, or
     *     {@link #NO_TREE}
     */
    record Group(long offset, long contentStart, int fileBytes, int maxBlockBytes, long tree) {
        private Group with(BlockInfo block) {
            return new Group(offset, contentStart, fileBytes + block.bytes(), maxBlockBytes, tree);
        }
    }

    private FileHeaders(SeekableByteChannel file) throws IOException {
        this.file = file;
        size = file.size();
    }

    /**
     * Reads them.
     *
     * @param file stays open; its position changes
     * @throws ZstdFormatException if the file is not valid, as far as headers tell
     */
    public static FileHeaders read(SeekableByteChannel file) throws IOException {
        var headers = new FileHeaders(file);
        headers.readAll();
        return headers;
    }

    /**
     * What a file says of itself.
     *
     * @param frames how many frames with content there are
     * @param skippableFrames how many others
     * @param checkedFrames how many frames have a checksum
     * @param fileBytes bytes of the file
     * @param contentBytes bytes of all content; unknown if a frame has sequences and does not say
     */
    public record Summary(
            long frames,
            long skippableFrames,
            long checkedFrames,
            long fileBytes,
            OptionalLong contentBytes) {}

    /** What the file says of itself. */
    public Summary summary() {
        return new Summary(
                frames.size(),
                skippableFrames,
                checkedFrames,
                size,
                sizeKnown ? OptionalLong.of(declared) : OptionalLong.empty());
    }

    private void readAll() throws IOException {
        long position = 0;
        var element = element(position);
        while (!(element instanceof FrameParser.End)) {
            if (element instanceof FrameHeader header) {
                position = readFrame(position, header);
            } else if (element instanceof FrameParser.Skippable skippable) {
                skippableFrames++;
                endsWithTable = skippable.magic() == FrameTable.MAGIC;
                position += skippable.totalBytes();
            }
            element = element(position);
        }
    }

    /** Reads the headers of a frame's blocks and returns where the frame ends. */
    private long readFrame(long start, FrameHeader header) throws IOException {
        endsWithTable = false;
        frames.add(new Frame(start, content, header));
        checkedFrames += header.checksum() ? 1 : 0;
        long before = content;
        boolean known = true;
        long tree = NO_TREE;
        long position = start + header.bytes();
        var group = new Group(position, content, 0, header.maxBlockBytes(), tree);
        while (!parser.isBetweenFrames()) {
            var element = element(position);
            if (element instanceof BlockInfo block) {
                if (block.hasSequences()) {
                    known = false;
                    if (sequences.isEmpty()) {
                        sequences = OptionalLong.of(position + block.sequencesStart());
                    }
                }
                int bytes = group.fileBytes();
                if (bytes > 0
                        && (content + block.contentBytes() - group.contentStart() > GROUP_BYTES
                                || bytes + block.bytes() > MAX_FILE_BYTES)) {
                    end(group);
                    group = new Group(position, content, 0, header.maxBlockBytes(), tree);
                }
                group = group.with(block);
                content += block.contentBytes();
                if (block.tree() == BlockInfo.Tree.OWN) {
                    tree = position + block.treeStart();
                }
            }
            position += element.totalBytes();
        }
        end(group);
        declare(header.contentSize(), content - before, known);
        return position;
    }

    private void end(Group group) {
        if (content > group.contentStart()) {
            groups.add(group);
        }
    }

    private void declare(OptionalLong said, long counted, boolean known) {
        long bytes = said.orElse(counted);
        declared += bytes;
        sizeKnown &= (said.isPresent() || known) && bytes >= 0 && declared >= 0; // no sign
    }

    /** The element at {@code position}. */
    private FrameParser.Element element(long position) throws IOException {
        long there = window.offset() + window.length();
        if (position < window.offset()
                || (position + FrameHeader.MAX_BYTES > there && there < size)) {
            int count = read(file, position, window.bytes(), WINDOW_BYTES);
            window = new InputBuffer(window.bytes(), count, position);
        }
        var element = parser.next(window, (int) (position - window.offset()));
        if (position + element.totalBytes() > size) {
            throw new ZstdFormatException(
                    size,
                    "truncated in "
                            + (element instanceof FrameParser.Skippable
                                    ? "a skippable frame"
                                    : "a block"));
        }
        return element;
    }

    /** Reads from {@code position} until {@code length} bytes are there or the file ends. */
    static int read(SeekableByteChannel file, long position, byte[] into, int length)
            throws IOException {
        ByteBuffer target = ByteBuffer.wrap(into, 0, length);
        file.position(position);
        while (target.hasRemaining() && file.read(target) >= 0) {
            // go on
        }
        return target.position();
    }
}
