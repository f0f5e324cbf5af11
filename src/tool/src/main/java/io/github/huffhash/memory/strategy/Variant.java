package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.Heap;
import java.util.List;

/** Kinds of heaps of which the laboratory shows one side only. */
public enum Variant implements HeapKind {
    /** The C library's calloc, which clears. */
    CALLOC("calloc", 0),

    /** Size classes behind one lock. */
    NO_CACHES("none", 0),

    /** Caches for small requests. */
    CACHES_TO_1K("to 1K", 1 << 10),

    /** Caches for small and medium requests. */
    CACHES_TO_32K("to 32K", 32 << 10),

    /** Caches for all. */
    CACHES_TO_1M("to 1M", 1 << 20);

    /** The size-class allocator with caches for more and more classes. */
    public static final List<HeapKind> TIERS =
            List.of(NO_CACHES, CACHES_TO_1K, CACHES_TO_32K, CACHES_TO_1M);

    private final String label;
    private final long largestCached;

    Variant(String label, long largestCached) {
        this.label = label;
        this.largestCached = largestCached;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public boolean hasHeap() {
        return this != CALLOC;
    }

    @Override
    public Heap open(long bytes) {
        return this == CALLOC ? new MallocHeap(bytes, true) : new TieredHeap(bytes, largestCached);
    }
}
