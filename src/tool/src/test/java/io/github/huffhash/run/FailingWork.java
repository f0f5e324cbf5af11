package io.github.huffhash.run;

import io.github.huffhash.block.BlockHashes;
import io.github.huffhash.block.BlockWork;
import io.github.huffhash.block.PhaseClock;
import io.github.huffhash.block.ResultCodec;
import io.github.huffhash.block.SignatureWork;
import io.github.huffhash.block.WorkKind;
import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.memory.HeapMemory;

/** Work that asks for what signatures ask for, and fails on every block. */
final class FailingWork implements BlockWork<BlockHashes> {
    private static final SignatureWork LIKE = new SignatureWork(1024, 0);

    private final Throwable failure;

    /** Work that fails with {@code failure}, which is unchecked. */
    FailingWork(Throwable failure) {
        this.failure = failure;
    }

    @Override
    public WorkKind kind() {
        return LIKE.kind();
    }

    @Override
    public int blockBytes() {
        return LIKE.blockBytes();
    }

    @Override
    public HeapDemand demand(int length) {
        return LIKE.demand(length);
    }

    @Override
    public ArrayWorker<BlockHashes> newArrayWorker(PhaseClock clock) {
        return (_, _) -> fail();
    }

    @Override
    public HeapWorker<BlockHashes> newHeapWorker(
            HeapMemory memory, Allocator allocator, PhaseClock clock) {
        return (_, _) -> fail();
    }

    @Override
    public ResultCodec<BlockHashes> codec() {
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
