package io.github.huffhash.block;

/** The kinds of work there are, by which another process knows what to do. */
public enum WorkKind {
    /** {@link SignatureWork}. */
    SIGNATURE,
    /** {@link CompressWork}. */
    COMPRESS;

    /**
     * Such work.
     *
     * @param blockBytes bytes of a block
     * @param processId the process that will do it
     */
    public BlockWork<?> create(int blockBytes, long processId) {
        return switch (this) {
            case SIGNATURE -> new SignatureWork(blockBytes, processId);
            case COMPRESS -> new CompressWork(blockBytes);
        };
    }
}
