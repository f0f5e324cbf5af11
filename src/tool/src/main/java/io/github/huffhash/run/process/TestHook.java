package io.github.huffhash.run.process;

import io.github.huffhash.memory.HeapLock;

/**
 * Lets a test end a worker at the worst moment. With the system property {@value #PROPERTY} =
 * {@code WORKER,N[,always]} worker WORKER ends, without a word, while it holds the heap's lock for
 * the Nth time; only in the first set of workers, or in every set.
 */
final class TestHook {
    static final String PROPERTY = "huffhash.test.dieHoldingLock";

    private TestHook() {}

    /** The region's lock, or one that ends this worker. */
    static HeapLock lock(Region region, int worker) {
        String[] wish = System.getProperty(PROPERTY, "").split(",", -1);
        if (wish.length < 2
                || Integer.parseInt(wish[0]) != worker
                || (wish.length == 2 && region.generation() > 0)) {
            return region.lock();
        }
        return new DeadlyLock(region.lock(), Long.parseLong(wish[1]));
    }

    private static final class DeadlyLock extends HeapLock {
        private final HeapLock lock;
        private long acquisitionsLeft;

        DeadlyLock(HeapLock lock, long acquisitions) {
            this.lock = lock;
            acquisitionsLeft = acquisitions;
        }

        @Override
        public long acquire(long owner) {
            long waited = super.acquire(owner);
            if (--acquisitionsLeft == 0) {
                Runtime.getRuntime().halt(WorkerTeam.KILLED);
            }
            return waited;
        }

        @Override
        public boolean tryAcquire(long owner) {
            return lock.tryAcquire(owner);
        }

        @Override
        public boolean isFree() {
            return lock.isFree();
        }

        @Override
        public void release() {
            lock.release();
        }
    }
}
