package io.github.huffhash.run;

import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;

/** An input that has some bytes and then makes its reader wait for ever, like a pipe. */
final class BlockedSource extends MemorySource {
    /** Open as soon as a reader waits. */
    final CountDownLatch blocked = new CountDownLatch(1);

    private final CountDownLatch never = new CountDownLatch(1);

    BlockedSource(byte[] bytes) {
        super(bytes);
    }

    @Override
    void atTheEnd() throws InterruptedIOException {
        blocked.countDown();
        try {
            never.await();
        } catch (InterruptedException _) {
            throw new InterruptedIOException("the reader was interrupted");
        }
    }
}
