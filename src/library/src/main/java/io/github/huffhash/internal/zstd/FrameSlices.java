package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * Slices that are whole frames, found by the file's seek table. All that the table says of their
 * places and sizes is compared with their headers at once: an error would shift all content behind
 * it.
 */
final class FrameSlices implements Slices {
    /** No larger frame is decoded as a whole. */
    private static final int MAX_BYTES = 16 << 20;

    private final SeekableByteChannel file;
    private final SeekTable table;

    /** Where the frames begin, and where the last one ends, in the file and in the content. */
    private final long[] offsets;

    private final long[] starts;
    private final boolean verified;

    FrameSlices(SeekableByteChannel file, SeekTable table) throws IOException {
        this.file = file;
        this.table = table;
        int count = table.frames().size();
        offsets = new long[count + 1];
        starts = new long[count + 1];
        for (int i = 0; i < count; i++) {
            offsets[i + 1] = offsets[i] + table.frames().get(i).compressedBytes();
            starts[i + 1] = starts[i] + table.frames().get(i).decompressedBytes();
        }
        verified = compare(new FileHopper(file));
    }

    /** Compares the table with all headers; returns whether each frame can be verified. */
    private boolean compare(FileHopper hopper) throws IOException {
        boolean checksums = true;
        for (int i = 0; i < count(); i++) {
            FileItem first = hopper.next();
            if (hopper.position() != offsets[i] || !(first instanceof FileItem.Frame frame)) {
                throw disagreement(i, "there is no frame where the seek table says");
            }
            checksums &= frame.header().checksum() || table.frames().get(i).checksum().isPresent();
            long content = 0;
            while (!hopper.isBetweenFrames()) {
                if (hopper.next() instanceof FileItem.Block block) {
                    BlockOutline outline = block.outline();
                    if (outline.hasSequences()) {
                        throw ZstdFormatException.sequences(offsets[i]);
                    }
                    content += outline.regeneratedSize();
                }
            }
            if (content != starts[i + 1] - starts[i]) {
                throw disagreement(i, "the frame has another size than the seek table says");
            }
        }
        hopper.next();
        if (hopper.position() != offsets[count()]) {
            throw disagreement(count(), "there are frames that the seek table does not have");
        }
        return checksums;
    }

    static boolean areSmall(SeekTable table) {
        return table.frames().stream()
                .allMatch(frame ->
                        frame.compressedBytes() <= MAX_BYTES
                                && frame.decompressedBytes() <= MAX_BYTES);
    }

    @Override
    public int count() {
        return table.frames().size();
    }

    @Override
    public long start(int slice) {
        return starts[slice];
    }

    @Override
    public boolean areVerified() {
        return verified;
    }

    @Override
    public byte[] load(int slice) throws IOException {
        SeekTable.Frame frame = table.frames().get(slice);
        byte[] bytes = new byte[(int) frame.compressedBytes()];
        int count = FileHopper.read(file, offsets[slice], bytes, bytes.length);
        if (count < bytes.length) {
            throw new ZstdFormatException(offsets[slice] + count, "truncated in a frame");
        }
        byte[] content;
        try {
            content = FileDecoder.decode(bytes, 0, count, (int) frame.decompressedBytes());
        } catch (ZstdFormatException e) {
            throw e.shiftedBy(offsets[slice]);
        }
        if (content.length != frame.decompressedBytes()) {
            throw disagreement(slice, "the frame has another size than the seek table says");
        }
        if (frame.checksum().isPresent()
                && frame.checksum().getAsLong() != XxHash64.checksum(content, 0, content.length)) {
            throw disagreement(slice, "the frame has another checksum than the seek table says");
        }
        return content;
    }

    private ZstdFormatException disagreement(int slice, String reason) {
        return new ZstdFormatException(offsets[slice], reason);
    }
}
