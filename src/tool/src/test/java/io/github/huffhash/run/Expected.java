package io.github.huffhash.run;

import io.github.huffhash.internal.huffman.PlainTree;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What must come out of a run, worked out the plain way.
 *
 * @param hashes the hash of every block
 * @param symbols how many distinct symbols every block has
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Expected(int[] hashes, int[] symbols) {
    private static final int HEADER = 16;
    private static final int NODE = 32;

    static Expected of(byte[] input, int blockBytes) {
        int[][] counts =
                IntStream.range(0, Math.ceilDiv(input.length, blockBytes))
                        .mapToObj(block -> {
                            int from = block * blockBytes;
                            int length = Math.min(blockBytes, input.length - from);
                            return PlainTree.count(input, from, length);
                        })
                        .toArray(int[][]::new);
        return new Expected(
                Arrays.stream(counts).mapToInt(PlainTree::hash).toArray(),
                Arrays.stream(counts)
                        .mapToInt(block -> (int) Arrays.stream(block).filter(c -> c > 0).count())
                        .toArray());
    }

    /** How many requests a run makes: a block's bytes, the min-heap, its array, the nodes. */
    long requests() {
        return Arrays.stream(symbols).mapToLong(k -> 2L * k + 2).sum();
    }

    /** How often the heap's lock is taken. */
    long lockAcquisitions(Mode mode, long poolBytes) {
        return switch (mode) {
            case THREADS, PROCESSES -> 2 * requests();
            case POOLS -> 2 * (symbols.length + poolFallbacks(poolBytes));
            case SINGLE, FAST -> 0;
        };
    }

    /** How many tree requests do not fit their pool. */
    long poolFallbacks(long poolBytes) {
        return Arrays.stream(symbols).mapToLong(k -> beyondPool(poolBytes, 2 * k - 1).length).sum();
    }

    /** The smallest heap in which a block of {@code length} bytes can be worked on. */
    static long smallestHeap(Mode mode, int length, long poolBytes, int batchSize) {
        int nodes = 2 * Math.min(256, length) - 1;
        boolean pools = mode == Mode.POOLS;
        long[] treeRequests = beyondPool(pools ? poolBytes : 0, nodes);
        return (pools ? poolBytes * batchSize : 0)
                + HEADER
                + aligned(length)
                + Arrays.stream(treeRequests).map(request -> HEADER + request).sum();
    }

    /** The requests of a tree that do not fit a pool, each judged alone. */
    private static long[] beyondPool(long poolBytes, int nodes) {
        var requests =
                LongStream.concat(
                        LongStream.of(16, 2048), LongStream.generate(() -> NODE).limit(nodes));
        long[] used = {0};
        return requests.filter(
                        request -> {
                            boolean fits = used[0] + request <= poolBytes;
                            used[0] += fits ? request : 0;
                            return !fits;
                        })
                .toArray();
    }

    private static long aligned(long bytes) {
        return (bytes + 15) / 16 * 16;
    }
}
