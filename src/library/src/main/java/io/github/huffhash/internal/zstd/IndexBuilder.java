package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the slices of a file while its headers are read.
 *
 * <p>A seek table lists the frames right before it, skippable ones too: as far as the last table if
 * files were appended to each other, or all. What it says is compared with the headers; an error in
 * it would shift all content behind. A frame with sequences is one slice, if it is not too large;
 * how much content it has, only its header or a seek table can say.
 */
final class IndexBuilder implements FileHeaders.Visitor {
    /** No larger frame is decoded as a whole: more than other tools put into a seekable frame. */
    static final int MAX_FRAME_BYTES = 16 << 20;

    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final FileBytes file;
    private final Slices slices = new Slices();

    /** Checksums from seek tables, of frames that have content. */
    private final LongList checksums = new LongList();

    /**
     * What a seek table would say of each frame: bytes of the file in the high half, of content in
     * the low one. 0 stands for a frame too large for a table.
     */
    private final LongList sizes = new LongList();

    /** The frame at hand, where it begins, and its last tree. */
    private Optional<FrameHeader> frame = Optional.empty();

    private long frameOffset;
    private long frameContent;
    private long tree;

    /** Where the frame's first sequences are. */
    private OptionalLong sequences = OptionalLong.empty();

    /** The table that lists all frames, once one was looked for. */
    private Optional<FrameTable> wholeTable = Optional.empty();

    private boolean tableSought;

    /** By their place in {@link #sizes}: the last frame without a checksum, the last table. */
    private int lastUnchecked = -1;

    private int lastTable = -1;

    /** Bytes of content that are verified when they are loaded. */
    private long verifiedBytes;

    private IndexBuilder(FileBytes file) {
        this.file = file;
    }

    /**
     * Builds the index of a file.
     *
     * @throws ZstdFormatException if the file or a seek table is not valid, as far as headers tell,
     *     or if a frame with sequences is too large or does not say how large it is
     */
    static RandomAccessIndex build(FileBytes file) throws IOException {
        var builder = new IndexBuilder(file);
        FileHeaders.visit(file, builder);
        Slices slices = builder.slices;
        slices.trim();
        builder.checksums.trim();
        boolean verified = builder.lastTable >= 0 && builder.verifiedBytes == slices.contentBytes();
        return new RandomAccessIndex(file, slices, builder.checksums, verified);
    }

    @Override
    public void frame(long offset, FrameHeader header) {
        frame = Optional.of(header);
        frameOffset = offset;
        frameContent = slices.contentBytes();
        tree = Slices.NONE;
        sequences = OptionalLong.empty();
    }

    @Override
    public void block(long offset, BlockInfo block) {
        if (block.hasSequences() && sequences.isEmpty()) {
            sequences = OptionalLong.of(offset + block.sequencesStart());
        }
        if (sequences.isPresent()) {
            return;
        }
        FrameHeader header = frame.orElseThrow();
        slices.add(
                offset,
                block.bytes(),
                block.contentBytes(),
                header.maxBlockBytes(),
                header.planes(),
                tree);
        if (block.hasTree()) {
            tree = offset + block.treeStart();
        }
    }

    @Override
    public void frameEnd(long offset) throws IOException {
        FrameHeader header = frame.orElseThrow();
        long bytes = offset - frameOffset;
        long content =
                sequences.isPresent()
                        ? contentWithSequences(header, bytes)
                        : slices.contentBytes() - frameContent;
        if (content > 0 && !header.checksum()) {
            lastUnchecked = sizes.size();
        }
        sizes.add(listed(bytes, content));
        if (sequences.isPresent() || Slices.isSmall(bytes, content)) {
            slices.cut(frameOffset, frameContent);
            slices.addFrame(frameOffset, bytes, content, Slices.NONE);
        }
    }

    private long contentWithSequences(FrameHeader header, long bytes) throws IOException {
        OptionalLong content = header.contentSize();
        if (content.isEmpty()) {
            if (!tableSought) {
                wholeTable = FrameTable.find(file);
                tableSought = true;
            }
            int number = sizes.size();
            content =
                    wholeTable.stream()
                            .filter(table -> number < table.frames())
                            .mapToLong(table ->
                                    table.contentStart(number + 1) - table.contentStart(number))
                            .findFirst();
        }
        long known = content.orElse(-1);
        if (known < 0 || Math.max(known, bytes) > MAX_FRAME_BYTES) {
            throw ZstdFormatException.sequences(sequences.orElseThrow());
        }
        if (known == 0) {
            throw new ZstdFormatException(frameOffset, "a frame without content has sequences");
        }
        return known;
    }

    @Override
    public void skippable(long offset, FrameParser.Skippable skippable) throws IOException {
        long end = offset + skippable.totalBytes();
        Optional<StoredTable> table =
                skippable.magic() == FrameTable.MAGIC
                                && skippable.totalBytes() >= FrameTable.tableBytes(0, false)
                        ? StoredTable.before(end, file)
                        : Optional.empty();
        if (table.isEmpty()) {
            slices.addFrame(offset, skippable.totalBytes(), 0, Slices.NONE);
        } else if (table.get().offset() != offset) {
            throw new ZstdFormatException(
                    Math.max(0, table.get().offset()),
                    "no seek table where the footer says it begins");
        } else {
            takeTable(table.get());
            lastTable = sizes.size();
        }
        sizes.add(listed(skippable.totalBytes(), 0));
    }

    private static long listed(long bytes, long content) {
        boolean fits = (bytes | content) >>> Integer.SIZE == 0;
        return fits ? bytes << Integer.SIZE | content : 0;
    }

    private void takeTable(StoredTable table) throws IOException {
        int first = sizes.size() - table.frames();
        if (first != 0 && first <= lastTable) {
            throw new ZstdFormatException(
                    table.offset(),
                    "the seek table lists %s frames, but there are %s"
                            .formatted(table.frames(), sizes.size() - lastTable - 1));
        }
        long offset = table.offset();
        long content = slices.contentBytes();
        boolean whole = true;
        for (int i = first; i < sizes.size(); i++) {
            long bytes = sizes.get(i) >>> Integer.SIZE;
            long part = sizes.get(i) & LOW_HALF;
            offset -= bytes;
            content -= part;
            whole &= part == 0 || (part <= MAX_FRAME_BYTES && bytes <= MAX_FRAME_BYTES);
        }
        boolean sums = table.checksums();
        if (first == 0) {
            offset = 0;
            verifiedBytes = 0;
        }
        if (whole) {
            verifiedBytes += sums || lastUnchecked < first ? slices.contentBytes() - content : 0;
            slices.cut(offset, content);
        }
        for (int i = first; i < sizes.size(); i++) {
            StoredTable.Entry entry = table.next();
            compare(entry, sizes.get(i), offset);
            if (whole) {
                long link = sums ? checksums.size() : Slices.NONE;
                slices.addFrame(offset, entry.compressedBytes(), entry.contentBytes(), link);
                if (sums && entry.contentBytes() > 0) {
                    checksums.add(entry.checksum());
                }
            }
            offset += entry.compressedBytes();
        }
    }

    private static void compare(StoredTable.Entry entry, long both, long offset)
            throws ZstdFormatException {
        if (both == 0 || both >>> Integer.SIZE != entry.compressedBytes()) {
            throw new ZstdFormatException(
                    offset + entry.compressedBytes(),
                    "there is no frame where the seek table says");
        }
        if ((both & LOW_HALF) != entry.contentBytes()) {
            throw new ZstdFormatException(offset, RandomAccessIndex.OTHER_SIZE);
        }
    }
}
