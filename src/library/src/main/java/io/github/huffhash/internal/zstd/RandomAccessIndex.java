package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/**
 * A file's content in slices, each of which can be decoded alone. All headers have been read, and
 * all that seek tables say has been compared with them.
 *
 * <p>Thread-safe if no other code uses the file.
 */
public final class RandomAccessIndex {
    public static final String OTHER_SIZE = "the frame has another size than the seek table says";
    public static final String OTHER_CHECKSUM =
            "the frame has another checksum than the seek table says";

    /** So much content may be decoded ahead; a slice may have half of it. */
    private static final int MAX_BYTES_UNDER_WAY = 32 << 20;

    /** It may take so much of the file: content that cannot be compressed takes a little more. */
    private static final int MAX_FILE_BYTES_UNDER_WAY = 64 << 20;

    private static final String CHANGED = "the file has changed since it was opened";

    private final FileBytes file;
    private final Slices slices;

    /** Checksums from seek tables. */
    private final LongList checksums;

    private final boolean verified;

    RandomAccessIndex(FileBytes file, Slices slices, LongList checksums, boolean verified) {
        this.file = file;
        this.slices = slices;
        this.checksums = checksums;
        this.verified = verified;
    }

    /**
     * Reads the headers of a file.
     *
     * @param file stays open for as long as the index is used; its position may change
     * @throws ZstdFormatException if the file or a seek table is not valid, as far as headers tell,
     *     or if a frame with sequences is too large or does not say how large it is
     */
    public static RandomAccessIndex of(SeekableByteChannel file) throws IOException {
        return IndexBuilder.build(new FileBytes(file));
    }

    /**
     * Believes a seek table; nothing is read before a slice is. Only if a frame is too large to be
     * decoded as a whole, the headers are read nevertheless.
     *
     * @param file as for {@link #of(SeekableByteChannel)}
     */
    public static RandomAccessIndex of(SeekableByteChannel file, FrameTable table)
            throws IOException {
        var slices = new Slices();
        var checksums = new LongList();
        for (int i = 0; i < table.frames(); i++) {
            long start = table.compressedStart(i);
            long bytes = table.compressedStart(i + 1) - start;
            long content = table.contentStart(i + 1) - table.contentStart(i);
            if (content > 0 && Math.max(bytes, content) > IndexBuilder.MAX_FRAME_BYTES) {
                return of(file);
            }
            long link = table.hasChecksums() ? checksums.size() : Slices.NONE;
            slices.addFrame(start, bytes, content, link);
            if (table.hasChecksums() && content > 0) {
                checksums.add(table.checksum(i).orElseThrow());
            }
        }
        slices.trim();
        checksums.trim();
        return new RandomAccessIndex(new FileBytes(file), slices, checksums, table.hasChecksums());
    }

    /** Bytes of all content. */
    public long contentBytes() {
        return slices.contentBytes();
    }

    /** Whether each slice is verified against a checksum when it is decoded. */
    public boolean isVerified() {
        return verified;
    }

    /**
     * Where in the content a slice begins; for the number of slices, where the content ends.
     *
     * @param slice from 0 on
     */
    public long start(int slice) {
        return slices.contentStart(slice);
    }

    /**
     * The slice that has a position of the content.
     *
     * @param position from 0 to less than {@link #contentBytes}
     */
    public int slice(long position) {
        return slices.at(position);
    }

    /** Whether all slices from one to another may be in memory together. */
    public boolean isLittle(int first, int last) {
        Slices.Slice end = slices.get(last);
        long fileBytes = end.offset() + end.fileBytes() - slices.get(first).offset();
        return start(last + 1) - start(first) <= MAX_BYTES_UNDER_WAY
                && fileBytes <= MAX_FILE_BYTES_UNDER_WAY;
    }

    /** A slice that has been read and can be decoded by any thread. */
    public final class Stored {
        private final Slices.Slice slice;
        private final InputBuffer input;
        private final Optional<InputBuffer> tree;

        private Stored(int index) throws IOException {
            slice = slices.get(index);
            input = file.read(slice.offset(), slice.fileBytes());
            if (input.length() < slice.fileBytes()) {
                throw new ZstdFormatException(slice.offset() + input.length(), CHANGED);
            }
            tree =
                    slice.isFrames() || slice.link() == Slices.NONE
                            ? Optional.empty()
                            : Optional.of(file.read(slice.link(), Weights.MAX_BYTES));
        }

        /**
         * Decodes it.
         *
         * @return all of its content
         * @throws ZstdFormatException if it is not valid
         */
        public byte[] decode() throws ZstdFormatException {
            var decoder = new ArrayDecoder(input, 0, slice.contentBytes());
            if (!slice.isFrames()) {
                decoder.continueFrame(slice.maxBlockBytes(), slice.planes(), tree);
            } else if (slice.link() != Slices.NONE) {
                decoder.expect(checksums, (int) slice.link());
            }
            return decoder.decodePart(slice.isFrames() ? OTHER_SIZE : CHANGED);
        }
    }

    /** Reads a slice. */
    public Stored read(int slice) throws IOException {
        return new Stored(slice);
    }
}
