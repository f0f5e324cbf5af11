package io.github.huffhash.lab;

import java.util.SplittableRandom;

/**
 * What one worker is going to do: the same for every strategy, whenever it is run.
 *
 * @param sizes the bytes of each request
 * @param slots which of its objects each operation of the larson workload replaces
 * @param remote whether it replaces one of a visiting array instead
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Tape(int[] sizes, int[] slots, boolean[] remote) {
    /**
     * A tape.
     *
     * @param worker the worker's number, from 0
     * @param operations how many operations there are on it
     */
    static Tape record(LabSettings settings, int worker, int operations) {
        var random = new SplittableRandom(settings.seed() * 31 + worker);
        var tape = new Tape(new int[operations], new int[operations], new boolean[operations]);
        for (int i = 0; i < operations; i++) {
            tape.sizes[i] = random.nextInt(settings.minBytes(), settings.maxBytes() + 1);
            tape.slots[i] = random.nextInt(Desk.SLOTS);
            tape.remote[i] = random.nextInt(100) < settings.remotePercent();
        }
        return tape;
    }
}
