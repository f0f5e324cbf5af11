package io.github.huffhash.internal.zstd;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The content of the frame at hand, as far back as sequences may refer.
 *
 * <p>As long as a frame has no sequences, only the arrays that its content was decoded to are kept.
 * The first sequences move it into a ring: an array in which content goes on at the beginning when
 * there is no more room at the end. The ring grows with the content.
 *
 * <p>Not thread-safe.
 */
final class Window {
    /** The ring has room for so much more than a window that nothing needed is overwritten. */
    private static final int EXTRA_BYTES = 4 * Limits.MAX_BLOCK_BYTES;

    /** The largest window there can be. */
    static final int MAX_BYTES = Integer.MAX_VALUE - 8 - EXTRA_BYTES;

    /** So many small arrays become one, so that small blocks do not take far more memory. */
    private static final int SMALL_PARTS = 64;

    private final BufferPool<byte[]> pool;
    private final int bufferBytes;
    private final boolean frugal;

    /** How far back sequences may refer. */
    private int reach;

    /** The last content of the frame, as long as there are no sequences. */
    private final Deque<Part> parts = new ArrayDeque<>();

    private long partBytes;

    /** How many parts at the end are small ones. */
    private int smallParts;

    private boolean ringUsed;
    private byte[] ring = {};

    /** Where the ring's next content goes. */
    private int end;

    /** Index behind the content before that in {@code ring[0]}, which is at the end of the ring. */
    private int olderEnd;

    /** Where the content added last is. */
    private byte[] bytes = {};

    private int from;

    /** An array whose first bytes are content. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(byte[] bytes, int length) {}

    /**
     * @param pool receives the arrays of {@code bufferBytes} that are not needed any more
     * @param frugal whether to keep no more than needed, at the price of copies
     */
    Window(BufferPool<byte[]> pool, int bufferBytes, boolean frugal) {
        this.pool = pool;
        this.bufferBytes = bufferBytes;
        this.frugal = frugal;
    }

    /**
     * Forgets the frame before.
     *
     * @param reachBytes how far back sequences may refer, at most {@link #MAX_BYTES}
     */
    void beginFrame(int reachBytes) {
        reach = reachBytes;
        while (!parts.isEmpty()) {
            drop();
        }
        ringUsed = false;
        end = 0;
        olderEnd = 0;
    }

    /**
     * Adds content that has been decoded.
     *
     * @param content has it from index 0 on; belongs to the window from now on
     */
    void add(byte[] content, int length) {
        if (ringUsed) {
            append(content, 0, length);
            giveBack(content);
            bytes = ring;
            from = end - length;
            return;
        }
        byte[] kept = content;
        if (isWasteful(content.length, length)) {
            kept = Arrays.copyOf(content, length);
            giveBack(content);
        }
        bytes = kept;
        from = 0;
        parts.addLast(new Part(kept, length));
        partBytes += length;
        smallParts = length < bufferBytes / 4 ? smallParts + 1 : 0;
        if (smallParts == SMALL_PARTS) {
            joinSmallParts();
        }
        while (parts.size() > 1 && partBytes - parts.getFirst().length() >= reach) {
            drop();
        }
        if (frugal && parts.size() > 1) {
            trimFirst();
        }
    }

    /**
     * Whether a buffer is too large to be kept for so much content. Those of a small window are few
     * and not kept for long.
     */
    private boolean isWasteful(int buffer, int length) {
        return frugal ? length < buffer : reach > EXTRA_BYTES && length < buffer * 2L / 3;
    }

    /** Gives up what of the first part is not needed, if that is much of it. */
    private void trimFirst() {
        Part first = parts.getFirst();
        int waste = (int) (partBytes - reach);
        if (waste > first.length() / 4) {
            byte[] rest = Arrays.copyOfRange(first.bytes(), waste, first.length());
            drop();
            parts.addFirst(new Part(rest, rest.length));
            partBytes += rest.length;
        }
    }

    private void joinSmallParts() {
        Deque<Part> last = new ArrayDeque<>();
        int length = 0;
        for (; smallParts > 0 && !parts.isEmpty(); smallParts--) {
            length += parts.getLast().length();
            last.addFirst(parts.removeLast());
        }
        byte[] all = new byte[length];
        int at = 0;
        for (Part part : last) {
            System.arraycopy(part.bytes(), 0, all, at, part.length());
            at += part.length();
        }
        parts.addLast(new Part(all, length));
        smallParts = length < bufferBytes / 4 ? 1 : 0;
    }

    private void drop() {
        Part first = parts.removeFirst();
        partBytes -= first.length();
        giveBack(first.bytes());
    }

    /** Gives back a buffer that nothing reads any more. */
    private void giveBack(byte[] buffer) {
        if (buffer.length == bufferBytes) {
            pool.give(buffer);
        }
    }

    /**
     * Adds the content of a block with sequences.
     *
     * @param literals its literals, from index 0 on; belong to the window from now on
     */
    void add(Sequences sequences, byte[] literals, int literalBytes) {
        if (!ringUsed) {
            ringUsed = true;
            moveParts();
        }
        reserve(sequences.contentBytes);
        from = end;
        bytes = ring;
        sequences.execute(literals, literalBytes, ring, from, olderEnd);
        end += sequences.contentBytes;
        giveBack(literals);
    }

    /** The array that has the content added last, until more is added. */
    byte[] bytes() {
        return bytes;
    }

    /** Index of its first byte. */
    int from() {
        return from;
    }

    /** Moves all that sequences may refer to into the ring, which has room for it as a whole. */
    private void moveParts() {
        int skipped = (int) Math.max(0, partBytes - reach);
        reserve((int) partBytes - skipped);
        while (!parts.isEmpty()) {
            append(parts.getFirst().bytes(), skipped, parts.getFirst().length() - skipped);
            skipped = 0;
            drop();
        }
    }

    private void append(byte[] source, int start, int length) {
        reserve(length);
        System.arraycopy(source, start, ring, end, length);
        end += length;
    }

    /**
     * Makes room for so many bytes behind the last content, if need be at the beginning.
     *
     * @param count a group's content, or what is in reach if the ring has been empty
     */
    private void reserve(int count) {
        long needed = (long) end + count + Sequences.SLACK;
        if (needed <= ring.length) {
            return;
        }
        int most = reach + EXTRA_BYTES;
        if (ring.length < most) {
            ring = Arrays.copyOf(ring, (int) Math.min(most, Math.max(needed, 2L * ring.length)));
        }
        if (needed > ring.length) {
            olderEnd = end;
            end = 0;
        }
    }
}
