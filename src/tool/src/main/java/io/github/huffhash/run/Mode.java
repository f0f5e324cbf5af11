package io.github.huffhash.run;

import java.util.Locale;

/** Which threads or processes work on the blocks, and where their memory comes from. */
public enum Mode {
    /** All cores, primitive arrays. */
    FAST,
    /** One thread, one block after another in the simulated heap. */
    SINGLE,
    /** A thread for each block in the heap, every request behind one mutex. */
    THREADS,
    /** Batches of threads, each with a pool of its own in front of the heap. */
    POOLS,
    /** Worker processes over a heap in shared memory. */
    PROCESSES;

    /** The name users know the mode by. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
