package io.github.huffhash.run;

/**
 * The hashes of a run of consecutive blocks.
 *
 * @param hashes the hash of each, in block order; not to be changed
 * @param processId the process that computed them, 0 where the originals print 0
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier from worker to result, never compared
public record BlockHashes(int[] hashes, long processId) {}
