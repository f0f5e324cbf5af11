package io.github.huffhash.memory;

/**
 * A block did not find room for its next piece. What it had has been freed: it can be begun again.
 */
public final class HeapFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param bytes what was asked for
     */
    public HeapFullException(long bytes) {
        super("no room for " + bytes + " bytes");
    }
}
