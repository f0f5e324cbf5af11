package io.github.huffhash.run;

import io.github.huffhash.tree.ReferenceTree;

/** Work that asks for what signatures ask for, and fails on every block. */
final class FailingWork implements BlockWork<BlockHashes> {
    private static final SignatureWork LIKE = new SignatureWork(1024, 0);

    private final Throwable failure;

    /** Work that fails with {@code failure}, which is unchecked. */
    FailingWork(Throwable failure) {
        this.failure = failure;
    }

    @Override
    public Kind kind() {
        return LIKE.kind();
    }

    @Override
    public int blockBytes() {
        return LIKE.blockBytes();
    }

    @Override
    public Worker<BlockHashes> newWorker(PhaseClock clock) {
        return (_, _) -> fail();
    }

    @Override
    public Worker<BlockHashes> newWorker(ReferenceTree tree, PhaseClock clock) {
        return (_, _) -> fail();
    }

    @Override
    public Codec<BlockHashes> codec() {
        return LIKE.codec();
    }

    private BlockHashes fail() {
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError("no failure of work", failure);
        }
    }
}
