package io.github.huffhash;

import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.zstd.BlockHeader;
import io.github.huffhash.internal.zstd.Failure;
import io.github.huffhash.internal.zstd.FrameHeader;
import io.github.huffhash.internal.zstd.FrameTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Makes a Zstandard file of compressed units: one frame, or frames of one size and a seek table.
 * Use it with {@link UnitCompressor} and your own scheduler:
 *
 * <pre>{@code
 * int length = in.readNBytes(content, 0, assembler.unitRest());
 * int planes = assembler.content(content, 0, length);
 * int bytes = compressor.compress(content, 0, length, planes, blocks, 0);
 * assembler.add(blocks, 0, bytes, length);
 * ...
 * assembler.finish();
 * }</pre>
 *
 * <p>A frame's header comes before its blocks and says how much content they have, if that is known
 * by then: because the size of the whole content is, because a frame of a seekable file is held
 * until it is complete, or because there is just one unit.
 *
 * <p>One thread at a time reads ({@link #unitRest}, {@link #content}), one at a time writes ({@link
 * #add}, {@link #finish}, {@link #fileBytes}): they may be different threads. A unit's content is
 * passed to {@code content} before its blocks are to {@code add}; one without content adds nothing.
 */
public final class FileAssembler {
    private final OutputStream out;
    private final boolean seekable;
    private final int unitBytes;
    private final boolean checksum;
    private final FrameCutter cutter;
    private final FrameTable frames;
    private final byte[] scratch = new byte[FrameHeader.MAX_BYTES];

    /** Units of the frame at hand that cannot be written yet, and where their last block begins. */
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    private int lastHeld;

    private final Failure failure = new Failure("writing has failed before");
    private boolean headerWritten;

    /** Bytes of the frame at hand: of content, and of what was written. */
    private long frameContent;

    private long frameWritten;

    /** Bytes of content in all frames before. */
    private long contentBefore;

    private boolean finished;
    private long fileWritten;

    /**
     * A file without content.
     *
     * @param out receives the file, from the threads that call {@link #add} and {@link #finish}
     * @param options how it is made; units may be shorter than its unit size
     * @param contentBytes bytes of all content, if known: every frame then says how much it has
     * @throws IllegalArgumentException if {@code contentBytes} is negative
     */
    public FileAssembler(OutputStream out, CompressOptions options, OptionalLong contentBytes) {
        if (contentBytes.orElse(0) < 0) {
            throw new IllegalArgumentException("content of " + contentBytes.getAsLong() + " bytes");
        }
        this.out = Objects.requireNonNull(out);
        seekable = options.frameBytes().isPresent();
        unitBytes = options.unitBytes();
        checksum = options.checksum();
        cutter = new FrameCutter(options, contentBytes);
        frames = new FrameTable(options.checksum());
    }

    /**
     * How many bytes the next unit may have at most, at least 1: the unit size, or less where a
     * frame ends.
     */
    public int unitRest() {
        return Math.min(unitBytes, frameRest());
    }

    /** How many bytes still belong to the frame whose content comes next; at least 1. */
    int frameRest() {
        return cutter.frameRest();
    }

    /** Fails if more content has been passed than announced. */
    void requireAnnounced() throws IOException {
        cutter.requireAnnounced();
    }

    /**
     * Takes the next content for the checksums: {@code bytes[offset]} to {@code bytes[offset +
     * length - 1]}. Any thread may call this, in the order of the content.
     *
     * @param length at most what is left of the frame, as it is if no unit is longer than {@link
     *     #unitRest}
     * @return in how many planes {@link UnitCompressor#compress(byte[], int, int, int, byte[],
     *     int)} is to compress it
     * @throws IllegalArgumentException if it is longer than that, or if there are planes, and the
     *     unit before was shorter than {@link #unitRest} allowed
     */
    public int content(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return cutter.add(bytes, offset, length);
    }

    /**
     * Writes the blocks of the next unit, or of several consecutive ones of the same frame, or
     * keeps a copy of them until it is known whether they are the frame's last.
     *
     * @param blocks what {@link UnitCompressor#compress} wrote, {@code length} bytes from {@code
     *     offset} on; they are neither kept nor changed
     * @param contentBytes bytes of their content, which has been passed to {@link #content}
     * @throws IOException if writing fails, or has failed before
     * @throws IllegalArgumentException if these are not the blocks of units, their content goes
     *     beyond the end of the frame, or not so much has been passed to {@link #content}; or if
     *     {@code contentBytes} is negative. The file can go on with others.
     * @throws IllegalStateException if the file has been finished
     */
    public void add(byte[] blocks, int offset, int length, int contentBytes) throws IOException {
        Objects.checkFromIndexSize(offset, length, blocks.length);
        requireUnfinished();
        if (contentBytes == 0) {
            return;
        }
        if (frameContent > 0 && cutter.hasEndedWith(frameContent)) {
            finishFrame();
        }
        FrameCutter.Frame frame = cutter.first(frameContent, contentBytes);
        int last = BlockHeader.lastOf(blocks, offset, length);
        frameContent += contentBytes;
        boolean complete = frameContent == frame.limit;
        if (!headerWritten) {
            if (frame.announced.isPresent()) {
                writeHeader(frame.announced);
            } else if (complete) {
                writeHeader(OptionalLong.of(frameContent));
            } else if (!seekable && (held.size() > 0 || contentBytes > unitBytes)) {
                writeHeader(OptionalLong.empty());
            }
        }
        if (headerWritten) {
            writeHeld();
        }
        if (complete) {
            writeLast(blocks, offset, length, last);
            endFrame();
        } else if (frame.announced.isPresent()) {
            write(blocks, offset, length);
        } else {
            lastHeld = held.size() + last - offset;
            held.write(blocks, offset, length);
        }
    }

    private void writeHeld() throws IOException {
        if (held.size() > 0) {
            failure.guard(() -> held.writeTo(out));
            count(held.size());
            held.reset();
        }
    }

    /**
     * Writes what is held, although it is not known whether more follows: the frame's header says
     * no size then, and its last block may be an empty one.
     */
    void writeThrough() throws IOException {
        if (held.size() > 0) {
            if (!headerWritten) {
                writeHeader(OptionalLong.empty());
            }
            writeHeld();
        }
    }

    /**
     * Completes the file. It is neither flushed nor closed.
     *
     * @throws IOException if writing fails or has failed before, or there was less or more content
     *     than announced
     * @throws IllegalStateException if the file has been finished before, or blocks of content that
     *     was passed to {@link #content} are missing
     */
    public void finish() throws IOException {
        finishFrames();
        if (seekable) {
            byte[] table = frames.toBytes();
            write(table, 0, table.length);
        }
    }

    /**
     * Completes the frames of a part of a seekable file, without a seek table: parts one behind the
     * other, and then {@link SeekTable#join} of their tables, are the file. All but the last must
     * have whole frames of content. The output is neither flushed nor closed.
     *
     * @return where the frames are in the part
     * @throws IOException as {@link #finish} does
     * @throws IllegalStateException if the file is not to be seekable, or as {@link #finish} does
     */
    public SeekTable finishPart() throws IOException {
        if (!seekable) {
            throw new IllegalStateException("one frame has no parts");
        }
        finishFrames();
        return new SeekTable(frames);
    }

    private void requireUnfinished() throws IOException {
        failure.requireNone();
        if (finished) {
            throw new IllegalStateException("the file has been finished");
        }
    }

    private void finishFrames() throws IOException {
        requireUnfinished();
        long all = contentBefore + frameContent;
        cutter.requireAll(all);
        finished = true;
        if (frameContent > 0 || fileWritten == 0) {
            finishFrame();
        }
    }

    /** Ends the frame at hand behind the blocks that are held, or behind an empty one. */
    private void finishFrame() throws IOException {
        if (!headerWritten) {
            writeHeader(OptionalLong.of(frameContent));
        }
        if (held.size() > 0) {
            byte[] blocks = held.toByteArray();
            held.reset();
            writeLast(blocks, 0, blocks.length, lastHeld);
        } else {
            new BlockHeader(true, BlockHeader.Type.RAW, 0).write(scratch, 0);
            write(scratch, 0, BlockHeader.BYTES);
        }
        endFrame();
    }

    /** How many bytes of the file have been written. */
    public long fileBytes() {
        return fileWritten;
    }

    private void endFrame() throws IOException {
        OptionalLong checksum = cutter.take();
        if (checksum.isPresent()) {
            LittleEndian.put32(scratch, 0, checksum.getAsLong());
            write(scratch, 0, Integer.BYTES);
        }
        if (seekable) {
            frames.add(frameWritten, frameContent, checksum.orElse(0));
        }
        contentBefore += frameContent;
        frameContent = 0;
        frameWritten = 0;
        headerWritten = false;
    }

    private void writeHeader(OptionalLong size) throws IOException {
        int planes = cutter.first().map(frame -> frame.planes).orElse(CompressOptions.NO_PLANES);
        write(scratch, 0, FrameHeader.write(size, checksum, planes, scratch, 0));
        headerWritten = true;
    }

    /** Writes blocks of which the one at {@code last} is the frame's last. */
    private void writeLast(byte[] blocks, int offset, int length, int last) throws IOException {
        write(blocks, offset, last - offset);
        System.arraycopy(blocks, last, scratch, 0, BlockHeader.BYTES);
        BlockHeader.markLast(scratch, 0);
        write(scratch, 0, BlockHeader.BYTES);
        int behind = last + BlockHeader.BYTES;
        write(blocks, behind, offset + length - behind);
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
            failure.guard(() -> out.write(bytes, offset, length));
            count(length);
        }
    }

    private void count(int written) {
        frameWritten += written;
        fileWritten += written;
    }
}
