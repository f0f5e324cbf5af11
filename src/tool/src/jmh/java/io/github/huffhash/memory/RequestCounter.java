package io.github.huffhash.memory;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts allocations and frees, a line of its own in the result: millions of them a second. */
@AuxCounters
@State(Scope.Thread)
public class RequestCounter {
    /** Allocations and frees. */
    public long requests;
}
