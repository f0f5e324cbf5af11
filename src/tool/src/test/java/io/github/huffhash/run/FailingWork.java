package io.github.huffhash.run;

import io.github.huffhash.tree.ReferenceTree;
import java.nio.ByteBuffer;

/** Work that asks for what signatures ask for, and fails on every block. */
final class FailingWork implements BlockWork<SignatureWork.Hashes> {
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
    public Worker<SignatureWork.Hashes> newWorker(PhaseClock clock) {
        return (_, _) -> fail();
    }

    @Override
    public Worker<SignatureWork.Hashes> newWorker(ReferenceTree tree, PhaseClock clock) {
        return (_, _) -> fail();
    }

    @Override
    public int maxResultBytes() {
        return LIKE.maxResultBytes();
    }

    @Override
    public void write(SignatureWork.Hashes result, ByteBuffer into) {
        LIKE.write(result, into);
    }

    @Override
    public SignatureWork.Hashes read(ByteBuffer from) {
        return LIKE.read(from);
    }

    private SignatureWork.Hashes fail() {
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError("no failure of work", failure);
        }
    }
}
