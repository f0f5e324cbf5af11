package io.github.huffhash;

import java.lang.management.ManagementFactory;

/** What is in the heap once all garbage has been collected. */
final class Heap {
    private static final int COLLECTIONS = 3;

    private Heap() {}

    static long usedBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
