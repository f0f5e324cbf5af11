package io.github.huffhash.memory;

/** A heap that could not hold even one block, were it all free. */
public final class HeapTooSmallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long requiredBytes;

    /**
     * @param what what it has to hold, for the message
     * @param requiredBytes how large the heap would have to be
     * @param heapBytes how large it is
     */
    public HeapTooSmallException(String what, long requiredBytes, long heapBytes) {
        super(
                "a heap of %s bytes is too small: it takes %s for %s"
                        .formatted(heapBytes, requiredBytes, what));
        this.requiredBytes = requiredBytes;
    }

    /** The smallest heap that would do, in bytes. */
    public long requiredBytes() {
        return requiredBytes;
    }
}
