package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;

/**
 * The sequences of a block. Each is some literals, and a match: bytes that are copied from earlier
 * content of the frame. {@link SequenceDecoder} has proved that they can be carried out.
 */
final class Sequences {
    /** Numbers of a sequence: how many literals, how long the match is, and how far back. */
    static final int STRIDE = 3;

    /** Room behind literals and content that makes {@link #execute} fast. */
    static final int SLACK = 32;

    /** The sequences, one behind the other. */
    int[] numbers = {};

    private int count;

    /** Bytes of the block's content. */
    int contentBytes;

    /** Makes room for so many sequences, which replace those before. */
    void reserve(int newCount) {
        count = newCount;
        if (numbers.length < STRIDE * count) {
            numbers = new int[Math.max(STRIDE * count, 2 * numbers.length)];
        }
    }

    /**
     * Carries out the sequences.
     *
     * @param literals the block's literals, from index 0 on; best with {@link #SLACK} behind them
     * @param literalBytes how many
     * @param target has the frame's content before {@code start}, as far back as sequences refer,
     *     and receives the block's; best with {@link #SLACK} behind it, of which the bytes change
     * @param olderEnd if that content does not begin in {@code target[0]}, the index behind what
     *     came before, which must lie {@link #SLACK} or more ahead of what is written
     */
    void execute(byte[] literals, int literalBytes, byte[] target, int start, int olderEnd) {
        int[] all = numbers;
        int to = start;
        int from = 0;
        int end = STRIDE * count;
        for (int at = 0; at < end; at += STRIDE) {
            int literal = all[at];
            int match = all[at + 1];
            int source = to + literal - all[at + 2];
            if (source >= 0
                    && to + literal + match <= target.length - SLACK
                    && from + literal <= literals.length - SLACK) {
                copyWide(literals, from, target, to, literal);
                to += literal;
                copyMatch(target, source, to, match);
            } else {
                System.arraycopy(literals, from, target, to, literal);
                to += literal;
                copyExactly(target, source, to, match, olderEnd);
            }
            from += literal;
            to += match;
        }
        System.arraycopy(literals, from, target, to, literalBytes - from);
    }

    /** Copies, 16 bytes at a time, and up to 16 behind them. */
    private static void copyWide(byte[] source, int from, byte[] target, int to, int count) {
        LittleEndian.put64(target, to, LittleEndian.get64(source, from));
        LittleEndian.put64(target, to + 8, LittleEndian.get64(source, from + 8));
        if (count > 16) {
            System.arraycopy(source, from + 16, target, to + 16, count - 16);
        }
    }

    /** Copies a match that may overlap itself, 8 bytes at a time, and up to 16 behind it. */
    private static void copyMatch(byte[] bytes, int source, int target, int count) {
        int from = source;
        int to = target;
        int end = to + count;
        int distance = to - from;
        if (distance < Long.BYTES) {
            for (int i = 0; i < Long.BYTES; i++) {
                bytes[to + i] = bytes[from + i];
            }
            to += Long.BYTES; // as far behind as a whole number of the repeated bytes
            from = to - distance * ((Long.BYTES + distance - 1) / distance);
        } else if (distance >= count && count > 64) {
            System.arraycopy(bytes, from, bytes, to, count);
            return;
        }
        while (to < end) {
            LittleEndian.put64(bytes, to, LittleEndian.get64(bytes, from));
            to += Long.BYTES;
            from += Long.BYTES;
        }
    }

    private static void copyExactly(byte[] bytes, int source, int target, int count, int olderEnd) {
        int from = source;
        int to = target;
        int left = count;
        if (from < 0) {
            int older = Math.min(left, -from);
            System.arraycopy(bytes, olderEnd + from, bytes, to, older);
            from = 0;
            to += older;
            left -= older;
        }
        for (int i = 0; i < left; i++) {
            bytes[to + i] = bytes[from + i];
        }
    }
}
