package io.github.huffhash.lab;

import io.github.huffhash.lab.Workload.Sizes;
import java.util.SplittableRandom;

/**
 * The operations of one worker: the same for every allocator and in every run.
 *
 * @param sizes the bytes of each request
 * @param slots which of the worker's objects each operation of the larson workload replaces
 * @param remote whether it replaces an object of the hand-off array instead
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Trace(int[] sizes, int[] slots, boolean[] remote) {
    /**
     * Generates a trace from the seed.
     *
     * @param requests their bytes
     * @param worker the worker's number, from 0
     * @param operations the number of operations
     */
    static Trace generate(LabSettings settings, Sizes requests, int worker, int operations) {
        var random = new SplittableRandom(settings.seed() * 31 + worker);
        var trace = new Trace(new int[operations], new int[operations], new boolean[operations]);
        for (int i = 0; i < operations; i++) {
            trace.sizes[i] = requests.next(random);
            trace.slots[i] = random.nextInt(settings.objects());
            trace.remote[i] = random.nextInt(100) < settings.remotePercent();
        }
        return trace;
    }

    int length() {
        return sizes.length;
    }
}
