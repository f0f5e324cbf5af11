package io.github.huffhash.internal.zstd;

/**
 * The table that decodes one of the three numbers of a sequence (RFC 8878, section 3.1.1.3.2): an
 * {@link FseTable} whose symbols, the codes, are replaced by what they stand for.
 *
 * @param accuracyLog the table has 2 to the power of this many cells
 * @param cells of each state, from the low bits up: the least number its code stands for (32 bits),
 *     the state that follows when the bits read are zeros (16), how many bits those are (8), and
 *     how many more bits belong to the number (8)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SequenceTable(int accuracyLog, long[] cells) {}
