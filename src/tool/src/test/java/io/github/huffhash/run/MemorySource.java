package io.github.huffhash.run;

import io.github.huffhash.io.BlockSource;
import java.io.IOException;

/** Bytes of an array as an input. What happens when they are used up, subclasses decide. */
class MemorySource implements BlockSource {
    private final byte[] bytes;
    private int position;

    MemorySource(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read(byte[] into, int length) throws IOException {
        int count = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, into, 0, count);
        position += count;
        if (count < length) {
            atTheEnd();
        }
        return count;
    }

    /** Called by each read that finds fewer bytes than it wants. */
    void atTheEnd() throws IOException {}
}
