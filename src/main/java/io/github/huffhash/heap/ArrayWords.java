package io.github.huffhash.heap;

/** {@link ControlWords} of one process. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ArrayWords(long[] words) implements ControlWords {
    @Override
    public long get(int index) {
        return words[index];
    }

    @Override
    public void set(int index, long value) {
        words[index] = value;
    }
}
