package io.github.huffhash.recording;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * Events for the JDK's flight recorder. Without a recording, no event class is even loaded: that
 * would take longer than a whole small run.
 */
@SuppressWarnings("UnusedVariable") // the recorder reads the events' fields
public final class Recording {
    /** Something that takes time; closing it ends and records it. */
    public interface Span extends AutoCloseable {
        @Override
        void close();
    }

    /** What is not recorded. */
    public static final Span NONE = () -> {};

    private Recording() {}

    /** Whether a recording was ever begun in this JVM. */
    public static boolean isOn() {
        return FlightRecorder.isInitialized();
    }

    /** Waiting for the lock of a heap, from now on. */
    public static Span lockWait() {
        return isOn() ? new LockWait().begun() : NONE;
    }

    /**
     * A batch of blocks that share the pools, from now on.
     *
     * @param number the batch's, from 0
     */
    public static Span batch(long number) {
        if (!isOn()) {
            return NONE;
        }
        var event = new Batch();
        event.number = number;
        return event.begun();
    }

    /** A phase of the work on a block, from now on. Call only if {@link #isOn}. */
    public static BlockPhase phase() {
        var event = new BlockPhase();
        event.begin();
        return event;
    }

    /** A worker process has died. */
    public static void workerDied(String worker, int exitCode) {
        if (isOn()) {
            var event = new WorkerDeath();
            event.worker = worker;
            event.exitCode = exitCode;
            event.commit();
        }
    }

    /** An event that is a span; none needs a stack trace. */
    @Category("huffhash")
    @StackTrace(false)
    public abstract static class Timed extends Event implements Span {
        private Timed() {}

        Span begun() {
            begin();
            return this;
        }

        @Override
        public void close() {
            commit();
        }
    }

    @Name("huffhash.LockWait")
    @Label("Wait for the lock")
    private static final class LockWait extends Timed {}

    @Name("huffhash.Batch")
    @Label("Batch")
    private static final class Batch extends Timed {
        @Label("Number")
        long number;
    }

    @Name("huffhash.WorkerDeath")
    @Label("Death of a worker")
    private static final class WorkerDeath extends Timed {
        @Label("Worker")
        String worker = "";

        @Label("Exit code")
        int exitCode;
    }

    /** A phase of the work on a block. */
    @Name("huffhash.BlockPhase")
    @Label("Phase of a block")
    public static final class BlockPhase extends Timed {
        @Label("Block")
        long block;

        @Label("Phase")
        String phase = "";

        private BlockPhase() {}

        /**
         * Ends it.
         *
         * @param number the block's, from 0
         * @param name the phase's
         */
        public void end(long number, String name) {
            block = number;
            phase = name;
            commit();
        }
    }
}
