package io.github.huffhash.run.process;

import io.github.huffhash.memory.HeapLock;

/**
 * A worker that ends without a word while it holds the heap's lock for the Nth time. With the
 * system property {@value #PROPERTY} = {@code WORKER,N[,always]} worker WORKER does, only in the
 * first set of workers, or in every set; all others work as usual.
 */
final class DyingWorker {
    static final String PROPERTY = "huffhash.test.dieHoldingLock";

    /** Exit code of a process that SIGKILL ended. */
    private static final int KILLED = 128 + 9;

    private DyingWorker() {}

    /** The process; its arguments are a worker's. */
    public static void main(String[] args) {
        String[] wish = System.getProperty(PROPERTY).split(",", -1);
        WorkerMain.run(
                args,
                region ->
                        wish[0].equals(args[1]) && (wish.length > 2 || region.generation() == 0)
                                ? new DeadlyLock(region.lock(), Long.parseLong(wish[1]))
                                : region.lock());
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
            long waited = lock.acquire(owner);
            if (--acquisitionsLeft == 0) {
                Runtime.getRuntime().halt(KILLED);
            }
            return waited;
        }

        @Override
        public void release() {
            lock.release();
        }

        @Override
        protected long get(int word) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void set(int word, long value) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected boolean compareAndSet(int word, long expected, long value) {
            throw new UnsupportedOperationException();
        }
    }
}
