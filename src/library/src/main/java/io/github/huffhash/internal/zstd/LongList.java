package io.github.huffhash.internal.zstd;

import java.util.Arrays;

/** A list of numbers that grows: 8 bytes each. */
final class LongList {
    private long[] values = new long[16];
    private int size;

    int size() {
        return size;
    }

    long get(int index) {
        return values[index];
    }

    void set(int index, long value) {
        values[index] = value;
    }

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = value;
    }

    /** Forgets all but the first numbers. */
    void truncate(int newSize) {
        size = newSize;
    }

    /** Gives back the memory that is not needed. */
    void trim() {
        values = Arrays.copyOf(values, size);
    }
}
