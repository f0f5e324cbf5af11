package io.github.huffhash;

import java.lang.StackWalker.Option;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random numbers for tests. Each generator's seed is printed; {@code -Dhuffhash.seed=...} repeats a
 * run.
 */
public final class Seeds {
    private static final String PROPERTY = "huffhash.seed";

    private Seeds() {}

    /** A generator for the test that calls this. */
    public static Random random() {
        long seed = Long.getLong(PROPERTY, ThreadLocalRandom.current().nextLong());
        String caller =
                StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE)
                        .walk(frames -> frames.skip(1).findFirst())
                        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                        .orElse("?");
        System.out.println(caller + ": -D" + PROPERTY + "=" + seed);
        return new Random(seed);
    }
}
