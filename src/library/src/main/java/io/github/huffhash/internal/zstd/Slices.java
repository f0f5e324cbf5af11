package io.github.huffhash.internal.zstd;

/**
 * Where the content of a file is, in slices that can be decoded alone: whole frames, one behind the
 * other, or blocks of one frame. Slices have content, and are in order.
 *
 * <p>It takes 32 bytes of memory a slice. A slice has up to 128 KiB of content and 512 KiB of the
 * file, unless it is a single block or frame. Only tiny frames share one, so that damage of one
 * frame does not concern others.
 */
final class Slices {
    /** There is no tree before a slice's blocks in their frame, or no checksum of its frames. */
    static final long NONE = -1;

    private static final int CONTENT_BYTES = Limits.MAX_BLOCK_BYTES;
    private static final int FILE_BYTES = 4 * Limits.MAX_BLOCK_BYTES;

    /** No larger frame joins a slice. */
    private static final int TINY_FRAME_BYTES = 64;

    /** Of a slice's two sizes in one number: the bits of the block size. */
    private static final int BLOCK_SIZE_BITS = 18;

    private static final int STRIDE = 4;

    /** By slice: offset, content start, link, bytes of the file and block size. */
    private final LongList numbers = new LongList();

    private int count;

    /** Content that the slices have. */
    private long contentBytes;

    /**
     * A slice.
     *
     * @param offset where in the file it begins
     * @param fileBytes its bytes in the file
     * @param contentStart where in the content it begins
     * @param contentBytes bytes of its content
     * @param maxBlockBytes for blocks, the most bytes each may have; 0 for whole frames
     * @param link for blocks, where in the file the last tree description before them in their
     *     frame begins; for whole frames, the number of the first one's checksum; or {@link #NONE}
     */
    record Slice(
            long offset,
            int fileBytes,
            long contentStart,
            int contentBytes,
            int maxBlockBytes,
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
        long start = numbers.get(at + 1);
        long sizes = numbers.get(at + 3);
        return new Slice(
                numbers.get(at),
                (int) (sizes >>> BLOCK_SIZE_BITS),
                start,
                (int) (contentStart(slice + 1) - start),
                (int) sizes & (1 << BLOCK_SIZE_BITS) - 1,
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
     * @param maxBlockBytes as for {@link Slice}, as {@code link} is, which a slice has of its first
     */
    void add(long offset, long fileBytes, long content, int maxBlockBytes, long link) {
        if (continuesLast(offset, fileBytes, content, maxBlockBytes)) {
            int sizes = STRIDE * (count - 1) + 3;
            numbers.set(sizes, numbers.get(sizes) + (fileBytes << BLOCK_SIZE_BITS));
            contentBytes += content;
        } else if (content > 0) {
            numbers.add(offset);
            numbers.add(contentBytes);
            numbers.add(link);
            numbers.add(fileBytes << BLOCK_SIZE_BITS | maxBlockBytes);
            contentBytes += content;
            count++;
        }
    }

    private boolean continuesLast(long offset, long fileBytes, long content, int maxBlockBytes) {
        if (count == 0 || (maxBlockBytes == 0 && fileBytes > TINY_FRAME_BYTES)) {
            return false;
        }
        int last = STRIDE * (count - 1);
        long sizes = numbers.get(last + 3);
        long bytes = sizes >>> BLOCK_SIZE_BITS;
        return numbers.get(last) + bytes == offset
                && sizes == (bytes << BLOCK_SIZE_BITS | maxBlockBytes)
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
            Slice last = get(count - 1);
            long bytes = Math.min(last.fileBytes(), offset - last.offset());
            numbers.set(STRIDE * (count - 1) + 3, bytes << BLOCK_SIZE_BITS | last.maxBlockBytes());
        }
    }

    /** Gives back the memory that is not needed. */
    void trim() {
        numbers.trim();
    }
}
