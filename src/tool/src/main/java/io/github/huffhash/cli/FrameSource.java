package io.github.huffhash.cli;

import io.github.huffhash.internal.zstd.FrameSums;
import io.github.huffhash.io.BlockSource;
import java.io.IOException;

/**
 * An input that is cut where frames end, and whose checksums are taken while it is read: in order,
 * whoever works on it.
 *
 * @param input what is read
 * @param frames the frames it is cut into
 */
record FrameSource(BlockSource input, FrameSums frames) implements BlockSource {
    @Override
    public int read(byte[] into, int length) throws IOException {
        int count = input.read(into, Math.min(length, frames.frameRest()));
        frames.add(into, 0, count);
        return count;
    }

    @Override
    public long expected() {
        return input.expected();
    }

    @Override
    public String name() {
        return input.name();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
