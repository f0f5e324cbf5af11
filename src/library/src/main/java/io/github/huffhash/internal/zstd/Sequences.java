package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.LittleEndian;
import java.util.Optional;

/**
 * The sequences of a block. Each is some literals, and a match: bytes that are copied from earlier
 * content of the frame. {@link SequenceDecoder} fills them in; {@link #resolve} proves that they
 * can be carried out.
 */
final class Sequences {
    /** Numbers of a sequence: how many literals, how long the match is, and how far back. */
    static final int STRIDE = 3;

    /** No match is shorter. */
    static final int MIN_MATCH = 3;

    /** The numbers of as many sequences as a block can have. */
    private static final int MOST_NUMBERS = Limits.MAX_BLOCK_BYTES / MIN_MATCH * STRIDE;

    private static final String TOO_LARGE = "more content than a block may have";

    /** Room behind literals and content that makes {@link #execute} fast. */
    static final int SLACK = 32;

    /** The sequences, one behind the other; of an offset its code, until they are resolved. */
    int[] numbers = {};

    private int count;

    /** Bytes of the block's content. */
    int contentBytes;

    /** The last three offsets of the frame, the latest first. */
    private int offset1;

    private int offset2;
    private int offset3;

    /** Forgets the offsets of the frame before. */
    void beginFrame() {
        offset1 = 1;
        offset2 = 4;
        offset3 = 8;
    }

    /** Makes room for so many sequences, which replace those before. */
    void reserve(int newCount) {
        count = newCount;
        if (numbers.length < STRIDE * count) {
            numbers = new int[Math.max(STRIDE * count, Math.min(2 * numbers.length, MOST_NUMBERS))];
        }
    }

    /**
     * Replaces codes by the offsets they stand for, and verifies all numbers.
     *
     * @param literals how many the block has
     * @param reach how far back a match may begin
     * @param history how much content the frame has before the block
     * @return what is wrong, if anything is
     */
    Optional<String> resolve(int literals, long reach, long history, int maxBlockBytes) {
        int[] all = numbers;
        int literalsLeft = literals;
        int content = 0;
        int end = STRIDE * count;
        for (int at = 0; at < end; at += STRIDE) {
            int literal = all[at];
            long offset = offset(all[at + 2] & 0xFFFF_FFFFL, literal > 0);
            content += literal;
            if (offset <= 0 || offset > Math.min(reach, history + content)) {
                return Optional.of("a match from before the window or the frame");
            }
            offset1 = (int) offset;
            all[at + 2] = offset1;
            content += all[at + 1];
            literalsLeft -= literal;
            if (literalsLeft < 0) {
                return Optional.of("more literals than the block has");
            }
            if (content > maxBlockBytes) {
                return Optional.of(TOO_LARGE);
            }
        }
        contentBytes = content + literalsLeft;
        return contentBytes > maxBlockBytes ? Optional.of(TOO_LARGE) : Optional.empty();
    }

    /**
     * The offset that a code stands for: one of the last three, or another.
     *
     * @param literals whether there are any before the match; if not, the last offset is not meant
     */
    private long offset(long code, boolean literals) {
        if (code > 3) {
            offset3 = offset2;
            offset2 = offset1;
            return code - 3;
        }
        int which = (int) code - (literals ? 1 : 0);
        long offset =
                switch (which) {
                    case 0 -> offset1;
                    case 1 -> offset2;
                    case 2 -> offset3;
                    default -> offset1 - 1;
                };
        offset3 = which > 1 ? offset2 : offset3;
        offset2 = which > 0 ? offset1 : offset2;
        return offset;
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
