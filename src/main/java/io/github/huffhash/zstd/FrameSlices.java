package io.github.huffhash.zstd;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * Slices that are whole frames, found by the file's seek table. What the table says of their sizes
 * is compared with their headers at once: an error would shift all content behind it.
 */
final class FrameSlices implements Slices {
    /** No larger frame is decoded as a whole. */
    private static final int MAX_BYTES = 16 << 20;

    private final SeekableByteChannel file;
    private final SeekTable table;

    /** Where the frames begin, and where the last one ends, in the file and in the content. */
    private final long[] offsets;

    private final long[] starts;

    FrameSlices(SeekableByteChannel file, SeekTable table) throws IOException {
        this.file = file;
        this.table = table;
        int count = table.frames().size();
        offsets = new long[count + 1];
        starts = new long[count + 1];
        for (int i = 0; i < count; i++) {
            SeekTable.Frame frame = table.frames().get(i);
            offsets[i + 1] = offsets[i] + frame.compressedBytes();
            starts[i + 1] = starts[i] + frame.decompressedBytes();
            if (contentBytes(offsets[i]) != frame.decompressedBytes()) {
                throw disagreement(i, "size");
            }
        }
    }

    /** The size of a frame's content, from its headers. */
    private long contentBytes(long offset) throws IOException {
        var hopper = new FileHopper(file, offset);
        if (!(hopper.next() instanceof FileItem.Frame(FrameHeader header))) {
            return 0; // a skippable one
        }
        if (header.contentSize().isPresent()) {
            return header.contentSize().getAsLong();
        }
        long sum = 0;
        while (!hopper.isBetweenFrames()
                && hopper.next() instanceof FileItem.Block(BlockOutline outline)) {
            sum += outline.regeneratedSize();
        }
        return sum;
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
        return true;
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
            content = FileDecoder.decode(bytes, (int) frame.decompressedBytes());
        } catch (ZstdFormatException e) {
            throw new ZstdFormatException(offsets[slice] + e.offset(), e.reason());
        }
        if (content.length != frame.decompressedBytes()) {
            throw disagreement(slice, "size");
        }
        if (frame.checksum().isPresent()
                && frame.checksum().getAsLong() != XxHash64.checksum(content, 0, content.length)) {
            throw disagreement(slice, "checksum");
        }
        return content;
    }

    private ZstdFormatException disagreement(int slice, String what) {
        return new ZstdFormatException(
                offsets[slice], "the frame has another " + what + " than the seek table says");
    }
}
