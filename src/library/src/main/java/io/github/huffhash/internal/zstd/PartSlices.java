package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Slices that are parts of frames, found by hopping over all block headers. */
final class PartSlices implements Slices {
    /** A slice has no more bytes of content, unless it is a single block. */
    private static final int SLICE_BYTES = Limits.MAX_BLOCK_BYTES;

    /** Nor of the file: blocks may have no content. */
    private static final int MAX_FILE_BYTES = 4 * Limits.MAX_BLOCK_BYTES;

    private static final long NO_TREE = -1;

    private final SeekableByteChannel file;
    private final List<Place> places;
    private final long contentBytes;
    private final PartDecoder decoder = new PartDecoder();

    /**
     * Where a slice is.
     *
     * @param start where in the content
     * @param offset where in the file
     * @param fileBytes bytes of its blocks
     * @param maxBlockBytes the most bytes a block of its frame may have
     * @param treeOffset where in the file the last block before it begins that brought a tree
     */
    private record Place(
            long start, long offset, int fileBytes, int maxBlockBytes, long treeOffset) {}

    private PartSlices(SeekableByteChannel file, List<Place> places, long contentBytes) {
        this.file = file;
        this.places = places;
        this.contentBytes = contentBytes;
    }

    static PartSlices of(SeekableByteChannel file) throws IOException {
        var hopper = new FileHopper(file);
        List<Place> places = new ArrayList<>();
        long content = 0;
        while (true) {
            FileItem item = hopper.next();
            if (item instanceof FileItem.Frame frame) {
                content = frame(hopper, frame.header(), content, places);
            } else if (!(item instanceof FileItem.Skippable)) {
                return new PartSlices(file, places, content);
            }
        }
    }

    /** Adds the slices of a frame and returns where in the content it ends. */
    private static long frame(
            FileHopper hopper, FrameHeader header, long frameStart, List<Place> places)
            throws IOException {
        long content = frameStart;
        long start = content;
        long offset = hopper.position() + header.bytes();
        long end = offset;
        long treeBefore = NO_TREE;
        long tree = NO_TREE;
        while (hopper.next() instanceof FileItem.Block block) {
            BlockOutline outline = block.outline();
            if (outline.hasSequences()) {
                throw ZstdFormatException.sequences(
                        hopper.position() + outline.bytes() - outline.sequencesBytes());
            }
            if (end > offset
                    && (content + outline.regeneratedSize() - start > SLICE_BYTES
                            || end + outline.bytes() - offset > MAX_FILE_BYTES)) {
                if (content > start) {
                    places.add(place(start, offset, end, header, treeBefore));
                }
                start = content;
                offset = end;
                treeBefore = tree;
            }
            if (outline.tree() == BlockOutline.Tree.OWN) {
                tree = hopper.position();
            }
            content += outline.regeneratedSize();
            end += outline.bytes();
            if (hopper.isBetweenFrames()) {
                break;
            }
        }
        if (content > start) {
            places.add(place(start, offset, end, header, treeBefore));
        }
        return content;
    }

    private static Place place(
            long start, long offset, long end, FrameHeader header, long treeOffset) {
        return new Place(start, offset, (int) (end - offset), header.maxBlockBytes(), treeOffset);
    }

    @Override
    public int count() {
        return places.size();
    }

    @Override
    public long start(int slice) {
        return slice == places.size() ? contentBytes : places.get(slice).start();
    }

    @Override
    public boolean areVerified() {
        return false;
    }

    @Override
    public byte[] load(int slice) throws IOException {
        Place place = places.get(slice);
        int contentBytes = (int) (start(slice + 1) - place.start());
        Optional<Chunk> tree =
                place.treeOffset() == NO_TREE
                        ? Optional.empty()
                        : Optional.of(chunk(place.treeOffset(), BlockDecoder.MAX_TREE_BYTES));
        var part =
                new Part(
                        chunk(place.offset(), place.fileBytes()),
                        0,
                        contentBytes,
                        place.maxBlockBytes(),
                        tree,
                        Optional.empty(),
                        Optional.empty(),
                        () -> {});
        byte[] content = new byte[contentBytes];
        decoder.decode(part, content);
        return content;
    }

    private Chunk chunk(long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        int count = FileHopper.read(file, offset, bytes, length);
        return new Chunk(Arrays.copyOf(bytes, count), count, offset);
    }
}
