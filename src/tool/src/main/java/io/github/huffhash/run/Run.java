package io.github.huffhash.run;

import io.github.huffhash.io.BlockSource;
import io.github.huffhash.memory.HeapTooSmallException;
import java.io.IOException;
import org.apache.commons.io.function.IOConsumer;

/**
 * Runs work over all blocks of an input. Runs differ in their workers and memory; the results are
 * equal.
 */
public interface Run {
    /**
     * Works on every block and hands the results to the sink in block order.
     *
     * <p>The first failure of reading, working or the sink stops the run and is thrown; all threads
     * have ended by then.
     *
     * @param <R> the results
     * @param source the input; not closed, except when a reader had to be interrupted
     * @param sink takes the results, one call at a time
     * @return what the run cost
     * @throws IOException if the source or the sink fails
     * @throws HeapTooSmallException if a block cannot fit the heap even alone
     */
    <R> RunStatistics run(BlockSource source, BlockWork<R> work, IOConsumer<R> sink)
            throws IOException;
}
