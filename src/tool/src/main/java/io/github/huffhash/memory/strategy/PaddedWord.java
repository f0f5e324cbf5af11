package io.github.huffhash.memory.strategy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A word with nothing else on its cache lines, and on those next to it, which processors fetch with
 * them; read and written through {@link #WORD} alone.
 */
class PaddedWord extends Padding {
    static final VarHandle WORD = word();

    @SuppressWarnings("UnusedVariable") // used through the handle
    private long word;

    long q00;
    long q01;
    long q02;
    long q03;
    long q04;
    long q05;
    long q06;
    long q07;
    long q08;
    long q09;
    long q10;
    long q11;
    long q12;
    long q13;
    long q14;

    private static VarHandle word() {
        try {
            return MethodHandles.lookup()
                    .findVarHandle(PaddedWord.class, "word", long.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
