package io.github.huffhash.internal.huffman;

/** How the end of a stream agreed with the number of symbols it was to have. */
public enum StreamEnd {
    /** All bits were consumed, up to the very first. */
    EXACT,
    /** The stream has no bytes. */
    EMPTY,
    /** The last byte is zero: there is no end mark. */
    NO_END_MARK,
    /** The symbols took more bits than there are. */
    EARLY,
    /** Bits are left. */
    LATE
}
