package io.github.huffhash.lab;

/**
 * What a run under observation showed. The times are those of single requests and frees, the
 * clock's own time included.
 *
 * @param p50Nanos half of them took no longer
 * @param p99Nanos 99 of 100 took no longer
 * @param maxNanos the longest
 * @param internalFragmentation the share of the granted bytes that was not asked for
 * @param externalFragmentation of what was free at the end, before anything was freed, the share
 *     that the largest free piece does not have
 * @param peakLiveBytes the most bytes asked for and not yet freed
 * @param peakReservedBytes the most bytes of the heap that were not free to everybody
 * @param leakedBytes what was not free when everything had been freed
 */
record Diagnosis(
        long p50Nanos,
        long p99Nanos,
        long maxNanos,
        double internalFragmentation,
        double externalFragmentation,
        long peakLiveBytes,
        long peakReservedBytes,
        long leakedBytes) {}
