package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file's content in slices, each of which can be decoded alone. Slices are the frames of the file
 * if it has a seek table and none is too large to be kept in memory; else groups of blocks.
 *
 * <p>All headers have been read, and all that a seek table says has been compared with them. Not
 * thread-safe.
 */
public final class RandomAccessIndex {
    /** No larger frame is decoded as a whole. */
    private static final int MAX_FRAME_BYTES = 16 << 20;

    private static final String OTHER_SIZE = "the frame has another size than the seek table says";

    private final SeekableByteChannel file;
    private final BlockDecoder decoder = new BlockDecoder();
    private final Optional<FrameTable> table;
    private final List<FileHeaders.Group> groups;
    private final long contentBytes;
    private final boolean verified;

    private RandomAccessIndex(
            SeekableByteChannel file,
            Optional<FrameTable> table,
            FileHeaders headers,
            boolean verified) {
        this.file = file;
        this.table = table;
        groups = table.isPresent() ? List.of() : headers.groups;
        contentBytes = headers.content;
        this.verified = verified;
    }

    /**
     * Reads the headers of a file.
     *
     * @param file stays open for as long as the index is used; its position changes
     * @throws ZstdFormatException if the file or its seek table is not valid, as far as headers
     *     tell, or if it has sequences
     */
    public static RandomAccessIndex of(SeekableByteChannel file) throws IOException {
        FileHeaders headers = FileHeaders.read(file);
        if (headers.sequences.isPresent()) {
            throw ZstdFormatException.sequences(headers.sequences.getAsLong());
        }
        Optional<FrameTable> table =
                headers.endsWithTable ? FrameTable.find(file) : Optional.empty();
        if (table.isPresent()) {
            compare(table.get(), headers);
        }
        table = table.filter(RandomAccessIndex::hasSmallFrames);
        boolean verified = table.isPresent() && areAllChecked(table.get(), headers);
        return new RandomAccessIndex(file, table, headers, verified);
    }

    /** An error in the table would shift all content behind it: it must agree with the headers. */
    private static void compare(FrameTable table, FileHeaders headers) throws ZstdFormatException {
        List<FileHeaders.Frame> frames = headers.frames;
        for (int i = 0; i < table.frames(); i++) {
            long offset = table.compressedStart(i);
            if (i == frames.size() || frames.get(i).offset() != offset) {
                throw new ZstdFormatException(
                        offset, "there is no frame where the seek table says");
            }
            if (frames.get(i).contentStart() != table.contentStart(i)) {
                throw new ZstdFormatException(table.compressedStart(i - 1), OTHER_SIZE);
            }
        }
        int count = table.frames();
        if (frames.size() > count) {
            throw new ZstdFormatException(
                    table.compressedStart(count),
                    "there are frames that the seek table does not have");
        }
        if (headers.content != table.contentStart(count)) {
            throw new ZstdFormatException(table.compressedStart(count - 1), OTHER_SIZE);
        }
    }

    private static boolean hasSmallFrames(FrameTable table) {
        for (int i = 0; i < table.frames(); i++) {
            if (table.compressedStart(i + 1) - table.compressedStart(i) > MAX_FRAME_BYTES
                    || table.contentStart(i + 1) - table.contentStart(i) > MAX_FRAME_BYTES) {
                return false;
            }
        }
        return true;
    }

    private static boolean areAllChecked(FrameTable table, FileHeaders headers) {
        return table.frames() == 0
                || table.checksum(0).isPresent()
                || headers.frames.stream().allMatch(frame -> frame.header().checksum());
    }

    /** Bytes of all content. */
    public long contentBytes() {
        return contentBytes;
    }

    /** Whether each slice is verified against a checksum when it is loaded. */
    public boolean isVerified() {
        return verified;
    }

    /**
     * Where in the content a slice begins; for the number of slices, where the content ends.
     *
     * @param slice from 0 on
     */
    public long start(int slice) {
        if (table.isPresent()) {
            return table.get().contentStart(slice);
        }
        return slice == groups.size() ? contentBytes : groups.get(slice).contentStart();
    }

    /**
     * The slice that has a position of the content.
     *
     * @param position from 0 to less than {@link #contentBytes}
     */
    public int slice(long position) {
        int low = 0;
        int high = (table.isPresent() ? table.get().frames() : groups.size()) - 1;
        while (low < high) { // the last one that begins at or before the position
            int middle = (low + high + 1) >>> 1;
            if (start(middle) <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /**
     * Reads and decodes a slice.
     *
     * @return all of its content
     * @throws ZstdFormatException if it is not valid
     */
    public byte[] load(int slice) throws IOException {
        int bytes = (int) (start(slice + 1) - start(slice));
        return table.isPresent()
                ? loadFrame(table.get(), slice, bytes)
                : loadGroup(groups.get(slice), bytes);
    }

    private byte[] loadFrame(FrameTable frames, int slice, int contentBytes) throws IOException {
        long offset = frames.compressedStart(slice);
        InputBuffer frame = read(offset, (int) (frames.compressedStart(slice + 1) - offset));
        byte[] content;
        try {
            content = ArrayDecoder.decode(frame.bytes(), 0, frame.length(), contentBytes);
        } catch (ZstdFormatException e) {
            throw e.shiftedBy(offset);
        }
        if (content.length != contentBytes) {
            throw new ZstdFormatException(offset, OTHER_SIZE);
        }
        var checksum = frames.checksum(slice);
        if (checksum.isPresent()
                && checksum.getAsLong() != XxHash64.checksum(content, 0, contentBytes)) {
            throw new ZstdFormatException(
                    offset, "the frame has another checksum than the seek table says");
        }
        return content;
    }

    private byte[] loadGroup(FileHeaders.Group place, int contentBytes) throws IOException {
        InputBuffer input = read(place.offset(), place.fileBytes());
        List<BlockInfo> blocks = new ArrayList<>();
        int content = 0;
        for (int at = 0; at < input.length(); ) {
            BlockInfo block = BlockInfo.read(input, at, place.maxBlockBytes());
            blocks.add(block);
            content += block.contentBytes();
            at += block.bytes();
        }
        if (content != contentBytes) {
            throw changed(place.offset());
        }
        Optional<InputBuffer> tree =
                place.tree() == FileHeaders.NO_TREE
                        ? Optional.empty()
                        : Optional.of(readUpTo(place.tree(), Weights.MAX_BYTES));
        byte[] target = new byte[contentBytes];
        decoder.decode(BlockGroup.alone(input, blocks, contentBytes, tree), target);
        return target;
    }

    private InputBuffer read(long offset, int length) throws IOException {
        InputBuffer input = readUpTo(offset, length);
        if (input.length() < length) {
            throw changed(offset + input.length());
        }
        return input;
    }

    private InputBuffer readUpTo(long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        return new InputBuffer(bytes, FileHeaders.read(file, offset, bytes, length), offset);
    }

    private static ZstdFormatException changed(long offset) {
        return new ZstdFormatException(offset, "the file has changed since it was opened");
    }
}
