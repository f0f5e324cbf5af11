package io.github.huffhash.block;

/** The parts into which the time spent on blocks is divided. */
public enum Phase {
    /** Getting the bytes from the input. */
    READ,
    /** Counting the symbols. */
    COUNT,
    /** Building the tree. */
    TREE,
    /** Hashing the tree, and giving it back. */
    HASH
}
