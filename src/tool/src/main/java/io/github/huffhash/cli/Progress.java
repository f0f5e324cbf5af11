package io.github.huffhash.cli;

import io.github.huffhash.report.Format;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One line on standard error that is written over a few times a second, for work that takes longer
 * than about a second.
 */
final class Progress implements AutoCloseable {
    private static final long FIRST_MILLIS = 1000;
    private static final long NEXT_MILLIS = 250;

    /** A terminal leaves out what is beyond its last column, until it is told to wrap again. */
    private static final String NO_WRAP = "\033[?7l";

    private static final String WRAP = "\033[?7h";

    private final LongSupplier done;
    private final long total;
    private final long start = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::show, "huffhash-progress");

    private Progress(LongSupplier done, long total) {
        this.done = done;
        this.total = total;
        thread.setDaemon(true);
    }

    /**
     * Shows how far the work is, until closed.
     *
     * @param wanted whether to show anything at all
     * @param done how many bytes are done
     * @param total how many there are, 0 if that is not known
     */
    static Progress start(boolean wanted, LongSupplier done, long total) {
        var progress = new Progress(done, total);
        if (wanted) {
            progress.thread.start();
        }
        return progress;
    }

    private void show() {
        try {
            long wait = FIRST_MILLIS;
            while (!closed.await(wait, TimeUnit.MILLISECONDS)) {
                String line = line(done.getAsLong(), total, System.nanoTime() - start);
                System.err.print(NO_WRAP + "\r" + line + "\033[K" + WRAP);
                wait = NEXT_MILLIS;
            }
            if (wait == NEXT_MILLIS) {
                System.err.print("\r\033[K");
            }
        } catch (InterruptedException _) {
            // no code interrupts this thread; the line would just stay
        }
    }

    /** The line after {@code nanos} nanoseconds. */
    static String line(long done, long total, long nanos) {
        double rate = done * 1e3 / Math.max(1, nanos);
        if (total <= 0 || done <= 0) {
            return Format.line("%,d bytes  %,.1f MB/s", done, rate);
        }
        long left = (long) (Math.max(0, total - done) / rate / 1e6);
        return Format.line(
                "%3d %%  %,.1f MB/s  %d:%02d left",
                Math.min(100, 100 * done / total), rate, left / 60, left % 60);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
