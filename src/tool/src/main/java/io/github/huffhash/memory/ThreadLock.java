package io.github.huffhash.memory;

/** A lock on a word that threads of one process share. */
final class ThreadLock extends HeapLock {
    private final PaddedLong word = new PaddedLong();

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
}
