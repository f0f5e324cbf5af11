package io.github.huffhash.cli;

import io.github.huffhash.FileAssembler;
import io.github.huffhash.io.Input;
import io.github.huffhash.run.BlockSource;
import java.io.IOException;

/**
 * An input that is cut where units and frames end, and whose checksums are taken while it is read.
 *
 * @param input what is read
 * @param file the file that is made of it
 */
record FrameSource(Input input, FileAssembler file) implements BlockSource {
    @Override
    public int read(byte[] into, int length) throws IOException {
        int count = input.read(into, Math.min(length, file.unitRest()));
        file.content(into, 0, count);
        return count;
    }

    @Override
    public long expected() {
        return input.expected();
    }
}
