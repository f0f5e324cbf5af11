package io.github.huffhash.run;

import io.github.huffhash.io.BlockSource;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** An input without end, whose reader can be interrupted, like a device. */
final class EndlessSource implements BlockSource {
    /** Open as soon as it has been read from. */
    final CountDownLatch flowing = new CountDownLatch(1);

    @Override
    public int read(byte[] into, int length) throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the reader was interrupted");
        }
        Arrays.fill(into, 0, length, (byte) 'x');
        flowing.countDown();
        return length;
    }
}
