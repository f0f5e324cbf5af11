package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.BackwardBitReader;
import io.github.huffhash.internal.bits.LittleEndian;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Decodes the sequences of a frame's blocks, one block after the other (RFC 8878, sections
 * 3.1.1.3.2 and 3.1.1.5). Not thread-safe.
 */
final class SequenceDecoder {
    /** No match is shorter. */
    private static final int MIN_MATCH = 3;

    /** From so many sequences on, their number takes 2 or 3 bytes. */
    private static final int TWO_BYTES = 128;

    private static final int THREE_BYTES = 255;
    private static final int LEAST_OF_THREE_BYTES = 0x7F00;

    /** The tables of the last block that had sequences, which the next one may use again. */
    private final Map<SequenceField, SequenceTable> tables = new HashMap<>();

    /** The last three offsets, the latest first. */
    private int offset1;

    private int offset2;
    private int offset3;

    private final Sequences sequences = new Sequences();

    /** How many sequences the block has. */
    private int count;

    /** Makes a decoder for a frame. */
    SequenceDecoder() {
        beginFrame();
    }

    /** Forgets the frame before. */
    final void beginFrame() {
        tables.clear();
        offset1 = 1;
        offset2 = 4;
        offset3 = 8;
    }

    /**
     * Decodes a block's sequences.
     *
     * @param at index of the block in {@code input.bytes()}
     * @param header the header of the frame
     * @param history how much content the frame has before the block
     * @return the sequences, until the next call
     * @throws ZstdFormatException if the section is not valid
     */
    Sequences decode(InputBuffer input, int at, BlockInfo block, FrameHeader header, long history)
            throws ZstdFormatException {
        int maxBlockBytes = header.maxBlockBytes();
        int from = at + block.sequencesStart();
        int to = at + block.bytes();
        int start = readCount(input, from, to);
        if (count > maxBlockBytes / MIN_MATCH) {
            throw input.failure(from, "more sequences than a block can have: " + count);
        }
        sequences.reserve(count);
        start = readTables(input, start, to);
        if (start >= to) {
            throw input.failure(start, "no room for the sequences of a block");
        }
        long bits = BackwardBitReader.bits(input.bytes(), start, to);
        if (bits < 0) {
            throw input.failure(to - 1, "sequences: bit stream whose last byte is zero");
        }
        int literals = block.contentBytes();
        long reach = header.reachBytes();
        Fault fault =
                decodeStream(input.bytes(), start, bits, literals, reach, history, maxBlockBytes);
        if (fault != Fault.NONE) {
            throw input.failure(from, "sequences: " + fault.reason);
        }
        return sequences;
    }

    private int readCount(InputBuffer input, int from, int to) throws ZstdFormatException {
        int first = input.bytes()[from] & 0xFF;
        int bytes = first < TWO_BYTES ? 1 : first < THREE_BYTES ? 2 : 3;
        if (bytes >= to - from) {
            throw input.failure(from, "no room for the sequences of a block");
        }
        count =
                switch (bytes) {
                    case 1 -> first;
                    case 2 -> ((first - TWO_BYTES) << 8) + (input.bytes()[from + 1] & 0xFF);
                    default -> LittleEndian.get16(input.bytes(), from + 1) + LEAST_OF_THREE_BYTES;
                };
        if (count == 0) {
            throw input.failure(from, "bytes behind the sequences section of a block");
        }
        return from + bytes;
    }

    private int readTables(InputBuffer input, int from, int to) throws ZstdFormatException {
        int modes = input.bytes()[from] & 0xFF;
        if ((modes & 3) != 0) {
            throw input.failure(from, "reserved bits of the sequences section are set");
        }
        int at = from + 1;
        int shift = 6;
        for (SequenceField field : SequenceField.IN_ORDER) {
            at = readTable(input, at, to, field, modes >>> shift & 3);
            shift -= 2;
        }
        return at;
    }

    private int readTable(InputBuffer input, int at, int to, SequenceField field, int mode)
            throws ZstdFormatException {
        switch (mode) {
            case 0 -> {
                tables.put(field, field.predefined());
                return at;
            }
            case 1 -> {
                if (at >= to) {
                    throw input.failure(at, "no room for the sequences of a block");
                }
                tables.put(field, field.single(input, at));
                return at + 1;
            }
            case 2 -> {
                var described = field.describe(input, at, to);
                tables.put(field, field.table(new FseTable(described.distribution())));
                return described.end();
            }
            default -> {
                if (!tables.containsKey(field)) {
                    throw input.failure(
                            at, field.what() + ": no table before that could be used again");
                }
                return at;
            }
        }
    }

    private SequenceTable table(SequenceField field) {
        return Objects.requireNonNull(tables.get(field));
    }

    /** What may be wrong with a stream of sequences. */
    private enum Fault {
        NONE(""),
        TOO_FAR("a match from before the window or the frame"),
        TOO_MANY_LITERALS("more literals than the block has"),
        TOO_LARGE("more content than a block may have"),
        ENDS_EARLY("bit stream ends early"),
        ENDS_LATE("bit stream ends late");

        private final String reason;

        Fault(String reason) {
            this.reason = reason;
        }
    }

    /**
     * Decodes the sequences; returns what is wrong.
     *
     * <p>A word of 64 bits, of which at least 57 are of the stream, has an offset and a match
     * length (31 + 16 bits), another one a literal length and three states (16 + 9 + 9 + 8).
     */
    private Fault decodeStream(
            byte[] bytes,
            int start,
            long allBits,
            int literals,
            long reach,
            long history,
            int maxBlockBytes) {
        SequenceTable literalLengths = table(SequenceField.LITERAL_LENGTHS);
        SequenceTable offsets = table(SequenceField.OFFSETS);
        SequenceTable matchLengths = table(SequenceField.MATCH_LENGTHS);
        long[] literalCells = literalLengths.cells();
        long[] offsetCells = offsets.cells();
        long[] matchCells = matchLengths.cells();
        int[] target = sequences.numbers;
        int last = Sequences.STRIDE * (count - 1);
        long head = head(bytes, start, allBits);
        long bits = allBits;
        long word = word(bytes, start, head, bits);
        int literalState = (int) top(word, literalLengths.accuracyLog());
        word <<= literalLengths.accuracyLog();
        int offsetState = (int) top(word, offsets.accuracyLog());
        word <<= offsets.accuracyLog();
        int matchState = (int) top(word, matchLengths.accuracyLog());
        bits -= literalLengths.accuracyLog() + offsets.accuracyLog() + matchLengths.accuracyLog();
        int literalsLeft = literals;
        int content = 0;
        for (int at = 0; ; at += Sequences.STRIDE) {
            long offsetCell = offsetCells[offsetState];
            long matchCell = matchCells[matchState];
            long literalCell = literalCells[literalState];
            word = word(bytes, start, head, bits);
            int width = (int) (offsetCell >>> 56);
            long code = (offsetCell & 0xFFFF_FFFFL) + top(word, width);
            word <<= width;
            bits -= width;
            width = (int) (matchCell >>> 56);
            int match = (int) matchCell + (int) top(word, width);
            bits -= width;
            word = word(bytes, start, head, bits);
            width = (int) (literalCell >>> 56);
            int literal = (int) literalCell + (int) top(word, width);
            word <<= width;
            bits -= width;

            long offset = offset(code, literal > 0);
            content += literal;
            if (offset <= 0 || offset > Math.min(reach, history + content)) {
                return Fault.TOO_FAR;
            }
            offset1 = (int) offset;
            content += match;
            literalsLeft -= literal;
            if (literalsLeft < 0) {
                return Fault.TOO_MANY_LITERALS;
            }
            if (content > maxBlockBytes) {
                return Fault.TOO_LARGE;
            }
            target[at] = literal;
            target[at + 1] = match;
            target[at + 2] = (int) offset;
            if (at == last) {
                break;
            }
            width = (int) (literalCell >>> 48) & 0xFF;
            literalState = ((int) (literalCell >>> 32) & 0xFFFF) + (int) top(word, width);
            word <<= width;
            bits -= width;
            width = (int) (matchCell >>> 48) & 0xFF;
            matchState = ((int) (matchCell >>> 32) & 0xFFFF) + (int) top(word, width);
            word <<= width;
            bits -= width;
            width = (int) (offsetCell >>> 48) & 0xFF;
            offsetState = ((int) (offsetCell >>> 32) & 0xFFFF) + (int) top(word, width);
            bits -= width;
        }
        sequences.contentBytes = content + literalsLeft;
        if (sequences.contentBytes > maxBlockBytes) {
            return Fault.TOO_LARGE;
        }
        return bits == 0 ? Fault.NONE : bits < 0 ? Fault.ENDS_EARLY : Fault.ENDS_LATE;
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

    /** The stream's first 64 bits, as far as it has them. */
    private static long head(byte[] bytes, int start, long bits) {
        long head = 0;
        for (int i = 0; i < Long.BYTES && 8L * i < bits; i++) {
            head |= (bytes[start + i] & 0xFFL) << (8 * i);
        }
        return head;
    }

    /** The next 57 bits or more in the highest bits, and zeros behind the stream's first bit. */
    private static long word(byte[] bytes, int start, long head, long bits) {
        if (bits >= Long.SIZE) {
            int end = start + (int) ((bits + 7) >>> 3);
            return LittleEndian.get64(bytes, end - Long.BYTES) << (-bits & 7);
        }
        return bits <= 0 ? 0 : head << -bits;
    }

    /** The highest bits of a word: from 0 to 63 of them. */
    private static long top(long word, int count) {
        return word >>> 1 >>> (63 - count);
    }
}
