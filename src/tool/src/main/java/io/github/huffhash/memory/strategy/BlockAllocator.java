package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.Allocator;
import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.HeapFullException;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;
import java.util.Arrays;

/**
 * A worker's way into a space for work on blocks, each of which first allocates all it needs and
 * then frees it. A request that finds no room frees all that the block has and throws, so that the
 * block can be done later.
 */
public final class BlockAllocator implements Allocator {
    private final ThreadAllocator worker;

    /** The pieces of the block, as long as it has not begun to free them. */
    private long[] pieces = new long[600];

    private int count;
    private boolean freeing;

    /** A way in over {@code worker}, whose counters go on. */
    public BlockAllocator(ThreadAllocator worker) {
        this.worker = worker;
    }

    /**
     * {@inheritDoc}
     *
     * @throws HeapFullException instead of returning {@link HeapMemory#NULL}
     */
    @Override
    public long allocate(long bytes) {
        if (freeing) {
            freeing = false;
            count = 0;
        }
        long offset = worker.allocate(bytes);
        if (offset == HeapMemory.NULL) {
            giveBack();
            throw new HeapFullException(bytes);
        }
        if (count == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * count);
        }
        pieces[count++] = offset;
        return offset;
    }

    private void giveBack() {
        while (count > 0) {
            worker.free(pieces[--count]);
        }
    }

    @Override
    public void free(long offset) {
        freeing = true;
        worker.free(offset);
    }

    @Override
    public Counters counters() {
        return worker.counters();
    }
}
