package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.OptionalLong;

/** All headers of a file, read in one pass from one to the next; nothing is decoded. */
public final class FileHeaders {
    /** More than one element needs: small ones follow each other closely. */
    private static final int WINDOW_BYTES = 4096;

    private final FileBytes file;
    private final Visitor visitor;
    private final FrameParser parser = new FrameParser();

    /** The part of the file that has been read last. */
    private InputBuffer window = new InputBuffer(new byte[WINDOW_BYTES], 0, 0);

    private long frames;
    private long skippableFrames;
    private long checkedFrames;

    /** Bytes of content that frames declare, or else have. */
    private long declared;

    private boolean sizeKnown = true;

    /** Is told what comes, and where in the file it begins. */
    interface Visitor {
        /** A frame with content begins. */
        default void frame(long offset, FrameHeader header) throws IOException {}

        /** The frame's next block. */
        default void block(long offset, BlockInfo block) throws IOException {}

        /** The frame has ended, its checksum included. */
        default void frameEnd(long offset) throws IOException {}

        /** A skippable frame. */
        default void skippable(long offset, FrameParser.Skippable frame) throws IOException {}
    }

    private FileHeaders(FileBytes file, Visitor visitor) {
        this.file = file;
        this.visitor = visitor;
    }

    /**
     * Reads them.
     *
     * @param file stays open; its position may change
     * @throws ZstdFormatException if the file is not valid, as far as headers tell
     */
    public static FileHeaders read(SeekableByteChannel file) throws IOException {
        var headers = new FileHeaders(new FileBytes(file), new Visitor() {});
        headers.readAll();
        return headers;
    }

    /** Reads them, and tells a visitor. */
    static void visit(FileBytes file, Visitor visitor) throws IOException {
        new FileHeaders(file, visitor).readAll();
    }

    /** How many frames with content there are. */
    public long frames() {
        return frames;
    }

    /** How many other frames there are. */
    public long skippableFrames() {
        return skippableFrames;
    }

    /** How many frames have a checksum. */
    public long checkedFrames() {
        return checkedFrames;
    }

    /** Bytes of the file. */
    public long fileBytes() {
        return file.size();
    }

    /** Bytes of all content; unknown if a frame has sequences and does not say. */
    public OptionalLong contentBytes() {
        return sizeKnown ? OptionalLong.of(declared) : OptionalLong.empty();
    }

    private void readAll() throws IOException {
        long position = 0;
        var element = element(position);
        while (!(element instanceof FrameParser.End)) {
            if (element instanceof FrameHeader header) {
                position = readFrame(position, header);
            } else if (element instanceof FrameParser.Skippable skippable) {
                skippableFrames++;
                visitor.skippable(position, skippable);
                position += skippable.totalBytes();
            }
            element = element(position);
        }
    }

    /** Reads the headers of a frame's blocks and returns where the frame ends. */
    private long readFrame(long start, FrameHeader header) throws IOException {
        frames++;
        checkedFrames += header.checksum() ? 1 : 0;
        visitor.frame(start, header);
        long content = 0;
        boolean known = true;
        long position = start + header.bytes();
        while (!parser.isBetweenFrames()) {
            var element = element(position);
            if (element instanceof BlockInfo block) {
                known &= !block.hasSequences();
                content += block.contentBytes();
                visitor.block(position, block);
            }
            position += element.totalBytes();
        }
        visitor.frameEnd(position);
        long bytes = header.contentSize().orElse(content);
        declared += bytes;
        sizeKnown &= (header.contentSize().isPresent() || known) && bytes >= 0 && declared >= 0;
        return position;
    }

    /** The element at {@code position}, which never goes back. */
    private FrameParser.Element element(long position) throws IOException {
        long there = window.offset() + window.length();
        if (position + FrameHeader.MAX_BYTES > there && there < file.size()) {
            int count = file.read(position, window.bytes(), WINDOW_BYTES);
            window = new InputBuffer(window.bytes(), count, position);
        }
        var element = parser.next(window, (int) (position - window.offset()));
        if (position + element.totalBytes() > file.size()) {
            throw new ZstdFormatException(
                    file.size(),
                    "truncated in "
                            + (element instanceof FrameParser.Skippable
                                    ? "a skippable frame"
                                    : "a block"));
        }
        return element;
    }
}
