package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.bits.BackwardBitReader;
import io.github.huffhash.internal.bits.LittleEndian;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Decodes the sequences of a frame's blocks, one block after the other (RFC 8878, sections
 * 3.1.1.3.2 and 3.1.1.5). Not thread-safe.
 */
final class SequenceDecoder {
    /** From so many sequences on, their number takes 2 or 3 bytes. */
    private static final int TWO_BYTES = 128;

    private static final int THREE_BYTES = 255;
    private static final int LEAST_OF_THREE_BYTES = 0x7F00;

    /** The tables of the last block that had sequences, which the next one may use again. */
    private final Map<SequenceField, SequenceField.Table> tables =
            new EnumMap<>(SequenceField.class);

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
        sequences.beginFrame();
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
        if (count > maxBlockBytes / Sequences.MIN_MATCH) {
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
        long left = decodeStream(input.bytes(), start, bits);
        Optional<String> fault =
                sequences.resolve(
                        block.contentBytes(), header.reachBytes(), history, maxBlockBytes);
        if (fault.isEmpty() && left != 0) {
            fault = Optional.of(left < 0 ? "bit stream ends early" : "bit stream ends late");
        }
        if (fault.isPresent()) {
            throw input.failure(from, "sequences: " + fault.get());
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
        for (SequenceField field : SequenceField.values()) {
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

    private SequenceField.Table table(SequenceField field) {
        return Objects.requireNonNull(tables.get(field));
    }

    /**
     * Decodes the numbers of the sequences, with codes in place of offsets.
     *
     * <p>A word of 64 bits, of which at least 57 are of the stream, has an offset and a match
     * length (31 + 16 bits), another one a literal length and three states (16 + 9 + 9 + 8).
     *
     * @param allBits the stream's, before its end mark
     * @return how many bits are left; negative if more were read than there are
     */
    private long decodeStream(byte[] bytes, int start, long allBits) {
        SequenceField.Table literalLengths = table(SequenceField.LITERAL_LENGTHS);
        SequenceField.Table offsets = table(SequenceField.OFFSETS);
        SequenceField.Table matchLengths = table(SequenceField.MATCH_LENGTHS);
        long[] literalCells = literalLengths.cells();
        long[] offsetCells = offsets.cells();
        long[] matchCells = matchLengths.cells();
        int[] target = sequences.numbers;
        int last = Sequences.STRIDE * (count - 1);
        long head = BackwardBitReader.head(bytes, start, allBits);
        long bits = allBits;
        long word = BackwardBitReader.word(bytes, start, head, bits);
        int literalState = (int) top(word, literalLengths.accuracyLog());
        word <<= literalLengths.accuracyLog();
        int offsetState = (int) top(word, offsets.accuracyLog());
        word <<= offsets.accuracyLog();
        int matchState = (int) top(word, matchLengths.accuracyLog());
        bits -= literalLengths.accuracyLog() + offsets.accuracyLog() + matchLengths.accuracyLog();
        for (int at = 0; ; at += Sequences.STRIDE) {
            long offsetCell = offsetCells[offsetState];
            long matchCell = matchCells[matchState];
            long literalCell = literalCells[literalState];
            word = BackwardBitReader.word(bytes, start, head, bits);
            int width = (int) (offsetCell >>> 56);
            target[at + 2] = (int) (offsetCell + top(word, width));
            word <<= width;
            bits -= width;
            width = (int) (matchCell >>> 56);
            target[at + 1] = (int) (matchCell + top(word, width));
            bits -= width;
            word = BackwardBitReader.word(bytes, start, head, bits);
            width = (int) (literalCell >>> 56);
            target[at] = (int) (literalCell + top(word, width));
            word <<= width;
            bits -= width;
            if (at == last) {
                return bits;
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
    }

    /** The highest bits of a word: from 0 to 63 of them. */
    private static long top(long word, int count) {
        return word >>> 1 >>> (63 - count);
    }
}
