package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.ThreadAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What others have freed of one owner's pieces: anybody adds, the owner alone takes all at once.
 * There is no tag, since nobody takes a single element: an addition that is deceived about what
 * lies below the top links to the right place all the same. See Leijen, Zorn and de Moura,
 * "Mimalloc: free list sharding in action", 2019.
 */
class RemoteFrees {
    private static final VarHandle HEAD =
            MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();

    /** The end of the list. */
    static final int END = -1;

    /** The head is in the middle, so that nothing else shares its cache lines. */
    private static final int AT = 32;

    private final int[] heads = new int[2 * AT];
    private final int[] links;

    /**
     * An empty list.
     *
     * @param links one for each number that may be added
     */
    RemoteFrees(int[] links) {
        this.links = links;
        heads[AT] = END;
    }

    /** For tests that interleave workers: called before each access to what is shared. */
    void step() {}

    /** Adds a number that is the caller's. */
    final void add(int number, ThreadAllocator worker) {
        while (true) {
            step();
            int head = (int) HEAD.getOpaque(heads, AT);
            links[number] = head;
            step();
            if (HEAD.compareAndSet(heads, AT, head, number)) {
                return;
            }
            worker.countCasRetry();
        }
    }

    /**
     * Takes everything.
     *
     * @return the latest, which the links lead on from; {@link #END} if there is nothing
     */
    final int takeAll() {
        step();
        if ((int) HEAD.getOpaque(heads, AT) == END) {
            return END;
        }
        step();
        return (int) HEAD.getAndSet(heads, AT, END);
    }
}
