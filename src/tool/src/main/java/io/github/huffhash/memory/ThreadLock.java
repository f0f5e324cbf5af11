package io.github.huffhash.memory;

import java.util.concurrent.atomic.AtomicLong;

/** A lock on a word that threads of one process share. */
final class ThreadLock extends HeapLock {
    private final Word word = new Word();

    @Override
    public boolean tryAcquire(long owner) {
        return word.compareAndSet(0, owner);
    }

    @Override
    public boolean isFree() {
        return word.getOpaque() == 0;
    }

    @Override
    public void release() {
        word.setRelease(0);
    }

    /** Longer than two cache lines, which processors fetch in pairs: no two locks share one. */
    @SuppressWarnings({"serial", "UnusedVariable"}) // it only fills room
    private static final class Word extends AtomicLong {
        long p00;
        long p01;
        long p02;
        long p03;
        long p04;
        long p05;
        long p06;
        long p07;
        long p08;
        long p09;
        long p10;
        long p11;
        long p12;
        long p13;
        long p14;
    }
}
