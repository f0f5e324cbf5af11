package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.PaddedLong;
import io.github.huffhash.memory.ThreadAllocator;

/**
 * The pieces of one owner that other threads have freed: any thread adds, the owner alone takes all
 * at once. There is no tag, since no thread takes a single element: an addition links to the number
 * on top, whatever has changed below it. See Leijen, Zorn and de Moura, "Mimalloc: free list
 * sharding in action", 2019.
 */
class RemoteFrees {
    /** The end of the list. */
    static final int END = -1;

    private final PaddedLong head = new PaddedLong();
    private final int[] links;

    /**
     * An empty list.
     *
     * @param links one for each number that may be added
     */
    RemoteFrees(int[] links) {
        this.links = links;
        head.set(END);
    }

    /** For tests that interleave threads: called before each access to what is shared. */
    void step() {}

    /** Adds a number that belongs to the caller. */
    final void add(int number, ThreadAllocator thread) {
        while (true) {
            step();
            int top = (int) head.getOpaque();
            links[number] = top;
            step();
            if (head.compareAndSet(top, number)) {
                return;
            }
            thread.countCasRetry();
        }
    }

    /**
     * Takes everything.
     *
     * @return the latest, which the links lead on from; {@link #END} if there is nothing
     */
    final int takeAll() {
        step();
        if (head.getOpaque() == END) {
            return END;
        }
        step();
        return (int) head.getAndSet(END);
    }
}
