package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.Heap;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The strategies by which workers may share a heap: the one place that knows them all. */
public enum Strategy {
    /** The reference. */
    FIRST_FIT(true, "one free list behind one mutex: the reference"),

    /** Bump pools for each worker. */
    THREAD_POOL(false, "bump pools of 16 KiB for each worker, over first fit"),

    /** Several lists and locks. */
    STRIPED(true, "the heap in stripes, each with a list and a lock of its own"),

    /** A lock that is only tried. */
    OPPORTUNISTIC(true, "tries the mutex, and has a small reserve for when it is busy"),

    /** Caches by size class. */
    SIZE_CLASS(true, "caches by size class; what others free returns to its owner"),

    /** Lock-free lists of slots. */
    SLAB(true, "slots of fixed sizes on lock-free lists that all share"),

    /** The same behind caches. */
    SLAB_POOL(true, "a cache for each worker over slab"),

    /** One bump pointer. */
    ARENA(false, "one bump pointer for all; everything is freed at once"),

    /** The C library. */
    MALLOC(false, "the C library's malloc and free, outside the heap"),

    /** The JVM. */
    JAVA(true, "new byte[n] and the garbage collector, outside the heap");

    private final boolean checksFrees;
    private final String summary;

    Strategy(boolean checksFrees, String summary) {
        this.checksFrees = checksFrees;
        this.summary = summary;
    }

    /** The name users know the strategy by. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it is, in a few words. */
    public String summary() {
        return summary;
    }

    /** Whether it promises to find double frees and pointers that were never handed out. */
    public boolean checksFrees() {
        return checksFrees;
    }

    /** Whether its pieces lie in a heap of the size asked for. */
    public boolean hasHeap() {
        return this != MALLOC && this != JAVA;
    }

    /** Makes a heap that is all free. */
    public Heap open(long heapBytes) {
        NativeHeap heap = NativeHeap.ofBytes(hasHeap() ? heapBytes : 0);
        try {
            return Opener.open(this, heap, heapBytes);
        } catch (RuntimeException | Error e) {
            heap.close();
            throw e;
        }
    }

    /** The strategy of this name, if there is one. */
    public static Optional<Strategy> named(String label) {
        return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
    }

    /**
     * Apart, because the JVM loads all classes that a method returns when it checks the method's
     * class; what uses no strategy has no need of them.
     */
    private static final class Opener {
        static Heap open(Strategy strategy, NativeHeap heap, long heapBytes) {
            return switch (strategy) {
                case FIRST_FIT -> FirstFitSpace.whole(heap);
                case THREAD_POOL -> new ThreadPoolSpace(heap);
                case STRIPED -> FirstFitSpace.striped(heap);
                case OPPORTUNISTIC -> new OpportunisticSpace(heap);
                case SIZE_CLASS -> new SizeClassSpace(heap);
                case SLAB -> new SlabAllocator.Space(heap);
                case SLAB_POOL -> new SlabPoolAllocator.Space(heap);
                case ARENA -> new ArenaAllocator.Space(heap);
                case MALLOC -> new MallocSpace(heap, heapBytes);
                case JAVA -> new ObjectSpace(heap, heapBytes);
            };
        }
    }
}
