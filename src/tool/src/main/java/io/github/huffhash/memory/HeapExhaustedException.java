package io.github.huffhash.memory;

/** An {@link UnboundedHeap} has no room for a request. */
public final class HeapExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param block the block whose request it was, from 0
     * @param bytes what was asked for
     * @param threads blocks that were being worked on, this one included
     * @param free what the heap had left
     */
    public HeapExhaustedException(long block, long bytes, int threads, FreeSpace free) {
        super(
                ("heap exhausted at block %d: %d bytes asked for, %d thread%s inside,"
                                + " %d bytes free, largest free chunk %d")
                        .formatted(
                                block,
                                bytes,
                                threads,
                                threads == 1 ? "" : "s",
                                free.totalBytes(),
                                free.largestBytes()));
    }
}
