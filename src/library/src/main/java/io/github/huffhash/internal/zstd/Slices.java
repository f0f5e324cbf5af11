package io.github.huffhash.internal.zstd;

/**
 * Where the content of a file is, in slices that can be decoded alone: whole frames, one behind the
 * other, or blocks of one frame. Slices have content, and are in order.
 *
 * <p>It takes 32 bytes of memory a slice. A slice has up to 128 KiB of content and 512 KiB of the
 * file, unless it is a single block or frame. Only tiny frames share one, so that damage of one
 * frame does not concern others, and either all of them have a checksum in a seek table or none.
 */
final class Slices {
    /** There is no tree before a slice's blocks in their frame, or no checksum of its frames. */
    static final long NONE = -1;

    private static final int CONTENT_BYTES = Limits.MAX_BLOCK_BYTES;
    private static final int FILE_BYTES = 4 * Limits.MAX_BLOCK_BYTES;

    /** No larger frame joins a slice. */
    private static final int TINY_FRAME_BYTES = 64;

    /** Of a slice's sizes in one number: the bits of the block size, and of the planes behind. */
    private static final int BLOCK_SIZE_BITS = 18;

    private static final int KIND_BITS = BLOCK_SIZE_BITS + 4;

    private static final int STRIDE = 4;

    /** By slice: offset, content start, link; bytes of the file, planes and block size. */
    private final LongList numbers = new LongList();

    private int count;

    /** Content that the slices have. */
    private long contentBytes;

    /**
     * A slice.
     *
     * @param offset where in the file it begins
     * @param fileBytes its bytes in the file
     * @param contentBytes bytes of its content
     * @param maxBlockBytes for blocks, the most bytes each may have; 0 for whole frames
     * @param planes for blocks, the byte planes of their frame, or 1
     * @param link for blocks, where in the file the last tree description before them in their
     *     frame begins; for whole frames, the number of the first one's checksum; or {@link #NONE}
     */
    record Slice(
            long offset,
            int fileBytes,
            int contentBytes,
            int maxBlockBytes,
            int planes,
            long link) {
        /** Whether it consists of whole frames. */
        boolean isFrames() {
            return maxBlockBytes == 0;
        }
    }

    /** Whether a slice can have so many bytes of the file and of content. */
    static boolean isSmall(long fileBytes, long contentBytes) {
        return fileBytes <= FILE_BYTES && contentBytes <= CONTENT_BYTES;
    }

    /** Bytes of all content. */
    long contentBytes() {
        return contentBytes;
    }

    /** Where in the content a slice begins; for the number of slices, where the content ends. */
    long contentStart(int slice) {
        return slice == count ? contentBytes : numbers.get(STRIDE * slice + 1);
    }

    Slice get(int slice) {
        int at = STRIDE * slice;
        long sizes = numbers.get(at + 3);
        return new Slice(
                numbers.get(at),
                (int) (sizes >>> KIND_BITS),
                (int) (contentStart(slice + 1) - contentStart(slice)),
                (int) sizes & (1 << BLOCK_SIZE_BITS) - 1,
                (int) sizes >>> BLOCK_SIZE_BITS & 0xF,
                numbers.get(at + 2));
    }

    /**
     * The slice that has a position of the content.
     *
     * @param position from 0 to less than {@link #contentBytes}
     */
    int at(long position) {
        int low = 0;
        int high = count - 1;
        while (low < high) { // the last one that begins at or before the position
            int middle = (low + high + 1) >>> 1;
            if (contentStart(middle) <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /**
     * Adds something behind the last slice: a block, a frame, or a skippable one. It joins that
     * slice if it continues it and there is room.
     *
     * @param maxBlockBytes as for {@link Slice}, as {@code planes} is, and {@code link}, which a
     *     slice has of its first
     */
    void add(long offset, long fileBytes, long content, int maxBlockBytes, int planes, long link) {
        int kind = planes << BLOCK_SIZE_BITS | maxBlockBytes;
        if (continuesLast(offset, fileBytes, content, kind, link)) {
            int sizes = STRIDE * (count - 1) + 3;
            numbers.set(sizes, numbers.get(sizes) + (fileBytes << KIND_BITS));
            contentBytes += content;
        } else if (content > 0) {
            numbers.add(offset);
            numbers.add(contentBytes);
            numbers.add(link);
            numbers.add(fileBytes << KIND_BITS | kind);
            contentBytes += content;
            count++;
        }
    }

    /** Adds whole frames, or a skippable one. */
    void addFrame(long offset, long fileBytes, long content, long link) {
        add(offset, fileBytes, content, 0, 0, link);
    }

    private boolean continuesLast(long offset, long fileBytes, long content, int kind, long link) {
        if (count == 0) {
            return false;
        }
        int last = STRIDE * (count - 1);
        boolean otherLink = (link == NONE) != (numbers.get(last + 2) == NONE);
        if (kind == 0 && (fileBytes > TINY_FRAME_BYTES || otherLink)) {
            return false;
        }
        long sizes = numbers.get(last + 3);
        long bytes = sizes >>> KIND_BITS;
        return numbers.get(last) + bytes == offset
                && sizes == (bytes << KIND_BITS | kind)
                && isSmall(bytes + fileBytes, contentBytes - numbers.get(last + 1) + content);
    }

    /** Forgets what is behind a place, which is no place within a block or frame. */
    void cut(long offset, long newContentBytes) {
        while (count > 0 && numbers.get(STRIDE * (count - 1)) >= offset) {
            count--;
        }
        numbers.truncate(STRIDE * count);
        contentBytes = newContentBytes;
        if (count > 0) {
            int last = STRIDE * (count - 1);
            long sizes = numbers.get(last + 3);
            long bytes = Math.min(sizes >>> KIND_BITS, offset - numbers.get(last));
            numbers.set(last + 3, bytes << KIND_BITS | (sizes & ((1 << KIND_BITS) - 1)));
        }
    }

    /** Gives back the memory that is not needed. */
    void trim() {
        numbers.trim();
    }
}
