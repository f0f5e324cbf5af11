package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.huffman.CodeLengths;

/** The limits of the format, and of what is read of it. Sections are those of RFC 8878. */
public final class Limits {
    /** No block is larger, neither as stored nor as regenerated (section 3.1.1.2.4). */
    public static final int MAX_BLOCK_BYTES = 128 << 10;

    /** The window that frames written here declare; a unit is no longer. */
    public static final int WINDOW_BYTES = MAX_BLOCK_BYTES;

    /** Bytes of content in a unit of byte planes, unless it is its frame's last. */
    public static final int UNIT_BYTES = MAX_BLOCK_BYTES;

    /** The most bytes of the file in its blocks: about twice as many as are ever written. */
    static final int STORED_UNIT_BYTES = 2 * MAX_BLOCK_BYTES;

    /** The most blocks of a group: 100,000 without content would take memory. */
    static final int GROUP_BLOCKS = 1024;

    /** No code is longer, in bits; larger weights do not exist (section 4.2.1). */
    public static final int MAX_CODE_LENGTH = CodeLengths.MAX_LENGTH;

    /** The most weights a tree description states; one more follows from them (4.2.1.1). */
    public static final int MAX_WEIGHTS = 255;

    /** The most weights that can be stated directly (section 4.2.1.1). */
    public static final int MAX_DIRECT_WEIGHTS = 128;

    /** The most bytes of FSE-compressed weights (section 4.2.1.1). */
    public static final int MAX_FSE_BYTES = 127;

    /** The least accuracy of an FSE table, in bits (section 4.1.1). */
    public static final int MIN_ACCURACY_LOG = 5;

    /** The greatest accuracy of the FSE table for weights, in bits (section 4.2.1.2). */
    public static final int MAX_ACCURACY_LOG = 6;

    private Limits() {}
}
