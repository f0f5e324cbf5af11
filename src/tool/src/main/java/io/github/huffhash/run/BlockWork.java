package io.github.huffhash.run;

import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.tree.ReferenceTree;
import java.nio.ByteBuffer;

/**
 * What is done with every block of an input.
 *
 * @param <R> the result, for one block or for a run of consecutive ones
 */
public interface BlockWork<R> {
    /** The kinds of work there are, by which another process knows what to do. */
    enum Kind {
        /** {@link SignatureWork}. */
        SIGNATURE,
        /** {@link CompressWork}. */
        COMPRESS;

        /**
         * Such work.
         *
         * @param blockBytes bytes of a block
         * @param processId the process that will do it
         */
        public BlockWork<?> create(int blockBytes, long processId) {
            return switch (this) {
                case SIGNATURE -> new SignatureWork(blockBytes, processId);
                case COMPRESS -> new CompressWork(blockBytes);
            };
        }
    }

    /**
     * Works on blocks, one after another. Belongs to one thread.
     *
     * @param <R> the result
     */
    @FunctionalInterface
    interface Worker<R> {
        /**
         * Works on a block, or without a heap on a run of consecutive ones.
         *
         * @param bytes the bytes from index 0; only the last block may be short
         * @param length how many bytes there are
         */
        R work(byte[] bytes, int length);
    }

    /** What kind of work it is. */
    Kind kind();

    /** The input is cut into blocks of this many bytes; the last of a piece may be shorter. */
    int blockBytes();

    /** A worker that uses no simulated heap. */
    Worker<R> newWorker(PhaseClock clock);

    /** A worker that uses the heap of the tree. */
    Worker<R> newWorker(ReferenceTree tree, PhaseClock clock);

    /** Loads a block and builds its tree. */
    static void build(ReferenceTree tree, byte[] bytes, int length, PhaseClock clock) {
        clock.start();
        tree.load(bytes, length);
        clock.lap(Phase.READ);
        tree.count();
        clock.lap(Phase.COUNT);
        tree.build();
        clock.lap(Phase.TREE);
    }

    /** The most bytes that {@link #write} takes for the result of one block. */
    int maxResultBytes();

    /** Writes the result of one block at the buffer's position, for a process of this version. */
    void write(R result, ByteBuffer into);

    /** Reads what {@link #write} wrote. */
    R read(ByteBuffer from);
}
