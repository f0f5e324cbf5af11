package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Puts encoded units together to a file: one frame, or frames of one size and a seek table.
 *
 * <p>A frame's header comes before its blocks and says how much content they have, if that is known
 * by then: because the size of the whole content is, because a frame of a seekable file is held
 * until it is complete, or because there is just one unit. Not thread-safe.
 */
public final class FileWriter {
    private final OutputStream out;
    private final OptionalLong contentBytes;
    private final OptionalInt frameBytes;
    private final FrameSums sums;
    private final Consumer<EncodedUnit> written;

    /** Units of the frame at hand that are not written yet, the last one among them. */
    private final Deque<EncodedUnit> held = new ArrayDeque<>();

    private final FrameTable frames;
    private final byte[] scratch = new byte[FrameHeader.MAX_BYTES];

    private boolean headerWritten;

    /** Bytes of the frame at hand: of content, and of what was written. */
    private long frameContent;

    private long frameWritten;

    /** Bytes of content in all frames before. */
    private long contentBefore;

    private long fileWritten;

    /**
     * @param out the file
     * @param contentBytes bytes of all content, if known
     * @param frameBytes bytes of content of each frame but the last, or nothing for one frame
     * @param sums the frames' checksums, fed by whoever reads the content
     * @param written is given back each unit once it has been written
     */
    public FileWriter(
            OutputStream out,
            OptionalLong contentBytes,
            OptionalInt frameBytes,
            FrameSums sums,
            Consumer<EncodedUnit> written) {
        this.out = out;
        this.contentBytes = contentBytes;
        this.frameBytes = frameBytes;
        this.sums = sums;
        this.written = written;
        frames = new FrameTable(sums.checksums());
    }

    /**
     * Takes the next unit.
     *
     * @param unit lies within one frame
     */
    public void accept(EncodedUnit unit) throws IOException {
        held.add(unit);
        frameContent += unit.contentBytes();
        if (frameBytes.isPresent() && frameContent == frameBytes.getAsInt()) {
            endFrame();
            return;
        }
        if (!headerWritten && contentBytes.isPresent()) {
            writeHeader(sizeOfNextFrame(contentBytes.getAsLong()));
        } else if (!headerWritten && frameBytes.isEmpty() && held.size() > 1) {
            writeHeader(OptionalLong.empty());
        }
        while (headerWritten && held.size() > 1) {
            write(held.remove());
        }
    }

    private OptionalLong sizeOfNextFrame(long all) {
        long left = all - contentBefore;
        return OptionalLong.of(
                frameBytes.isPresent() ? Math.min(left, frameBytes.getAsInt()) : left);
    }

    /**
     * Ends the file; {@code out} is neither flushed nor closed.
     *
     * @throws IOException if writing fails, or there was not as much content as announced
     */
    public void finish() throws IOException {
        if (frameContent > 0 || contentBefore == 0) {
            endFrame();
        }
        if (contentBytes.isPresent() && contentBytes.getAsLong() != contentBefore) {
            throw new IOException(
                    "%d bytes of content were announced, but there were %d"
                            .formatted(contentBytes.getAsLong(), contentBefore));
        }
        if (frameBytes.isPresent()) {
            byte[] table = frames.toBytes();
            write(table, table.length);
        }
    }

    /** How many bytes the file has so far. */
    public long fileBytes() {
        return fileWritten;
    }

    private void endFrame() throws IOException {
        if (!headerWritten) {
            writeHeader(OptionalLong.of(frameContent));
        }
        while (held.size() > 1) {
            write(held.remove());
        }
        if (held.isEmpty()) {
            new BlockHeader(true, BlockHeader.Type.RAW, 0).write(scratch, 0);
            write(scratch, BlockHeader.BYTES);
        } else {
            EncodedUnit last = held.remove();
            BlockHeader.markLast(last.bytes(), last.lastBlock());
            write(last);
        }
        OptionalLong checksum = sums.take();
        if (checksum.isPresent()) {
            LittleEndian.put32(scratch, 0, checksum.getAsLong());
            write(scratch, FrameParser.Checksum.BYTES);
        }
        if (frameBytes.isPresent()) {
            frames.add(frameWritten, frameContent, checksum.orElse(0));
        }
        contentBefore += frameContent;
        frameContent = 0;
        frameWritten = 0;
        headerWritten = false;
    }

    private void writeHeader(OptionalLong size) throws IOException {
        write(scratch, FrameHeader.write(size, sums.checksums(), scratch, 0));
        headerWritten = true;
    }

    private void write(EncodedUnit unit) throws IOException {
        write(unit.bytes(), unit.length());
        written.accept(unit);
    }

    private void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        frameWritten += length;
        fileWritten += length;
    }
}
