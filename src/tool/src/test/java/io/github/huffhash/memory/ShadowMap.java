package io.github.huffhash.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Who holds each 16 bytes of a heap, kept apart from it. Any number of threads may use it. */
public final class ShadowMap {
    private static final int NOBODY = 0;

    /** Changes the owner of a place, if it is the one expected; returns who it was. */
    @FunctionalInterface
    private interface Owners {
        int compareAndExchange(long place, int from, int to);
    }

    private final Owners owners;

    /** A map for a heap of this size. */
    public ShadowMap(long heapBytes) {
        var array = new AtomicIntegerArray(Math.toIntExact(heapBytes / HeapMemory.ALIGNMENT));
        owners = (place, from, to) -> array.compareAndExchange(Math.toIntExact(place), from, to);
    }

    private ShadowMap() {
        var map = new ConcurrentHashMap<Long, Integer>();
        owners =
                (place, from, to) -> {
                    int[] before = new int[1];
                    map.compute(
                            place,
                            (_, owner) -> {
                                before[0] = owner == null ? NOBODY : owner;
                                return before[0] == from ? Integer.valueOf(to) : owner;
                            });
                    return before[0];
                };
    }

    /** A map for offsets of any size. */
    public static ShadowMap anywhere() {
        return new ShadowMap();
    }

    /** Books {@code bytes} bytes for {@code owner}; fails if any of them is somebody's. */
    void claim(long offset, long bytes, int owner) {
        assertThat(offset % HeapMemory.ALIGNMENT).as("alignment of offset %d", offset).isZero();
        change(offset, bytes, NOBODY, owner);
    }

    /** Undoes a claim. */
    void giveBack(long offset, long bytes, int owner) {
        change(offset, bytes, owner, NOBODY);
    }

    private void change(long offset, long bytes, int from, int to) {
        long first = offset / HeapMemory.ALIGNMENT;
        long end = first + Math.ceilDiv(bytes, (long) HeapMemory.ALIGNMENT);
        for (long place = first; place < end; place++) {
            int owner = owners.compareAndExchange(place, from, to);
            if (owner != from) {
                throw new AssertionError(
                        "offset %d is held by %d, not by %d, when it should become %d's"
                                .formatted(place * HeapMemory.ALIGNMENT, owner, from, to));
            }
        }
    }
}
