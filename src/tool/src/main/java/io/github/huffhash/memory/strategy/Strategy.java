package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.FirstFitHeap;
import io.github.huffhash.memory.Heap;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways in which threads can share a heap. */
public enum Strategy implements HeapKind {
    FIRST_FIT("one free list behind one mutex: the reference"),
    FIRST_FIT_WALK("the same; frees walk the list, as the C programs' do"),
    BUMP_POOLS("bump pools of 16 KiB for each worker, over first fit"),
    STRIPED("the heap in stripes, each with a list and a lock of its own"),
    OPPORTUNISTIC("tries the mutex, and has a small reserve for when it is busy"),
    SIZE_CLASS("caches by size class; what others free returns to its owner"),
    SLAB("slots of fixed sizes on lock-free lists that all share"),
    SLAB_POOL("a cache for each worker over slab"),
    ARENA("one bump pointer for all; everything is freed at once"),
    MALLOC("the C library's malloc and free, outside the heap"),
    JAVA("new byte[n] and the garbage collector, outside the heap");

    private final String summary;

    Strategy(String summary) {
        this.summary = summary;
    }

    /** {@inheritDoc} It is that of the command line, too. */
    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A short description. */
    public String summary() {
        return summary;
    }

    @Override
    public boolean hasHeap() {
        return this != MALLOC && this != JAVA;
    }

    /** Whether it is the reference's list, which admits a block only if it is sure to hold it. */
    public boolean isFirstFit() {
        return this == FIRST_FIT || this == FIRST_FIT_WALK;
    }

    @Override
    public Heap open(long bytes) {
        return switch (this) {
            case FIRST_FIT -> FirstFitHeap.ofThreads(bytes, false);
            case FIRST_FIT_WALK -> FirstFitHeap.ofThreads(bytes, true);
            case BUMP_POOLS -> new BumpPoolsHeap(bytes);
            case STRIPED -> new StripedHeap(bytes);
            case OPPORTUNISTIC -> new OpportunisticHeap(bytes);
            case SIZE_CLASS -> new SizeClassHeap(bytes);
            case SLAB -> new SlabHeap(bytes, 0);
            case SLAB_POOL -> new SlabHeap(bytes, SlabHeap.CACHE_SLOTS);
            case ARENA -> new ArenaHeap(bytes);
            case MALLOC -> new MallocHeap(bytes, false);
            case JAVA -> new JavaHeap(bytes);
        };
    }

    /** The strategy of this name, if there is one. */
    public static Optional<Strategy> named(String label) {
        return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
    }
}
