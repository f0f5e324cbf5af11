package io.github.huffhash.memory;

/** Memory of one process. */
final class ArrayMemory extends HeapMemory {
    private final long[] words;
    private final long bytes;

    ArrayMemory(long bytes) {
        this.bytes = bytes;
        words = new long[(int) (bytes >>> WORD_SHIFT)];
    }

    @Override
    public long size() {
        return bytes;
    }

    @Override
    public long get(long offset) {
        return words[index(offset)];
    }

    @Override
    public void set(long offset, long value) {
        words[index(offset)] = value;
    }

    private int index(long offset) {
        long index = offset >>> WORD_SHIFT; // that of a negative offset is beyond the end
        if (index >= words.length) {
            throw outOfBounds(offset);
        }
        return (int) index;
    }
}
