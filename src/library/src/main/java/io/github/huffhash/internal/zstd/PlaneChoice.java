package io.github.huffhash.internal.zstd;

import java.util.Arrays;

/**
 * Decides from one unit whether byte planes make content smaller, and how many. The bytes of the
 * unit alone decide.
 *
 * <p>An instance belongs to one thread.
 */
public final class PlaneChoice {
    /** Content that is no array of numbers. */
    public static final int NONE = 1;

    /**
     * Element sizes that numbers have; those of two or three elements show in their multiples: 3 in
     * 6; 2 and 4 in 8.
     */
    private static final int[] CANDIDATES = {2, 3, 4, 6, 8};

    private static final int SYMBOLS = 256;

    /** Planes must save at least this part of the coded size. */
    private static final int LEAST_GAIN = 100;

    private final UnitEncoder encoder = new UnitEncoder();
    private final int[][] by8 = new int[8][SYMBOLS];
    private final int[][] by6 = new int[6][SYMBOLS];
    private final int[] sum = new int[SYMBOLS];
    private final byte[] target = new byte[UnitEncoder.maxBytes(Limits.MAX_BLOCK_BYTES)];

    /**
     * How many planes the unit {@code source[from]} to {@code source[from + length - 1]} should be
     * coded in, or {@link #NONE}: the candidate with the least entropy, if coding the unit in so
     * many planes saves at least 1 %.
     *
     * @param length up to {@link Limits#MAX_BLOCK_BYTES}
     */
    public int choose(byte[] source, int from, int length) {
        count(source, from, length, by8);
        count(source, from, length, by6);
        int best = NONE;
        long least = cost(by8, NONE);
        for (int planes : CANDIDATES) {
            long cost = cost(planes % 3 == 0 ? by6 : by8, planes);
            if (cost < least) {
                best = planes;
                least = cost;
            }
        }
        if (best == NONE) {
            return NONE;
        }
        int plain = encoder.encode(source, from, length, target, 0);
        int inPlanes =
                FrameHeader.PLANES_BYTES + encoder.encode(source, from, length, best, target, 0);
        return LEAST_GAIN * (plain - inPlanes) >= plain ? best : NONE;
    }

    private static void count(byte[] source, int from, int length, int[][] counts) {
        for (int[] plane : counts) {
            Arrays.fill(plane, 0);
        }
        int planes = counts.length;
        int end = from + length - length % planes;
        for (int i = from; i < end; i += planes) {
            for (int plane = 0; plane < planes; plane++) {
                counts[plane][source[i + plane] & 0xFF]++;
            }
        }
    }

    /** About how many bits so many planes take, in the splitter's fixed point. */
    private long cost(int[][] counts, int planes) {
        long bits = 0;
        for (int plane = 0; plane < planes; plane++) {
            Arrays.fill(sum, 0);
            for (int i = plane; i < counts.length; i += planes) {
                for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                    sum[symbol] += counts[i][symbol];
                }
            }
            bits += Splitter.cost(sum);
        }
        return bits;
    }
}
