package io.github.huffhash.memory;

/** A block's place in a heap, from the moment it is admitted until its last piece is freed. */
@FunctionalInterface
public interface Reservation extends AutoCloseable {
    /** Ends it: the next block may be admitted. The block has freed all it had. */
    @Override
    void close();
}
