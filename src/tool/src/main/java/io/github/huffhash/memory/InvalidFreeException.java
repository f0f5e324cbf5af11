package io.github.huffhash.memory;

/**
 * A pointer was given back that is not the start of a live allocation, or whose header was
 * overwritten.
 */
public final class InvalidFreeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param offset what was to be freed
     * @param reason why it cannot be
     */
    public InvalidFreeException(long offset, String reason) {
        super("invalid free of offset " + offset + ": " + reason);
    }
}
