package io.github.huffhash.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Who holds each 16 bytes of a heap, kept apart from it. Any number of threads may use it. */
final class ShadowMap {
    private static final int NOBODY = 0;

    private final AtomicIntegerArray owners;

    ShadowMap(long heapBytes) {
        owners = new AtomicIntegerArray(Math.toIntExact(heapBytes / Allocator.ALIGNMENT));
    }

    /** Books {@code bytes} bytes for {@code owner}; fails if any of them is somebody's. */
    void claim(long offset, long bytes, int owner) {
        assertThat(offset % Allocator.ALIGNMENT).as("alignment of offset %d", offset).isZero();
        change(offset, bytes, NOBODY, owner);
    }

    /** Undoes a claim. */
    void giveBack(long offset, long bytes, int owner) {
        change(offset, bytes, owner, NOBODY);
    }

    private void change(long offset, long bytes, int from, int to) {
        int first = Math.toIntExact(offset / Allocator.ALIGNMENT);
        int end = first + Math.toIntExact(Math.ceilDiv(bytes, (long) Allocator.ALIGNMENT));
        for (int i = first; i < end; i++) {
            if (!owners.compareAndSet(i, from, to)) {
                throw new AssertionError(
                        "offset %d is held by %d, not by %d, when it should become %d's"
                                .formatted(
                                        (long) i * Allocator.ALIGNMENT, owners.get(i), from, to));
            }
        }
    }
}
