package io.github.huffhash.internal.zstd;

import io.github.huffhash.Data;
import io.github.huffhash.MegabytesPerSecond;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/**
 * The checksum of 16 MiB, 128 KiB a call.
 *
 * <p>Left out: that what is hashed has usually been read or written just before, by the same core
 * or by the other. The truth lies between the two.
 */
public class XxHash64Benchmark extends MegabytesPerSecond {
    private byte[][] units;

    /** Cuts the data into units. */
    @Setup
    public void cut(Data data) {
        units = data.units();
    }

    /** From memory, as far as 16 MiB do not stay in a cache. */
    @Benchmark
    @OperationsPerInvocation(Data.BYTES_IN_UNITS)
    public long hash() {
        var hash = new XxHash64();
        for (byte[] unit : units) {
            hash.update(unit, 0, unit.length);
        }
        return hash.value();
    }

    /** From the cache. */
    @Benchmark
    @OperationsPerInvocation(Data.UNIT_BYTES)
    public long hashTheSameAgain() {
        return XxHash64.hash(units[0], 0, units[0].length);
    }
}
