package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** A file's content in slices that can be had one without the other. Not thread-safe. */
public sealed interface Slices permits FrameSlices, PartSlices {
    /** How many slices there are. */
    int count();

    /**
     * Where in the content a slice begins; for the number of slices, where the content ends.
     *
     * @param slice from 0 to {@link #count}
     */
    long start(int slice);

    /**
     * Reads and decodes a slice.
     *
     * @return all of its content
     * @throws ZstdFormatException if it is not valid
     */
    byte[] load(int slice) throws IOException;

    /** Whether slices are whole frames, which are held to their size and checksum. */
    boolean areVerified();

    /**
     * Finds the slices of a file: its frames, if it has a seek table and none is too large to be
     * kept in memory; else parts of them, for which all headers are read.
     *
     * @param file stays open for as long as the slices are used; its position changes
     * @throws ZstdFormatException if the file or its seek table is not valid, as far as headers
     *     tell
     */
    static Slices of(SeekableByteChannel file) throws IOException {
        Optional<SeekTable> table = SeekTable.find(file);
        return table.isPresent() && FrameSlices.areSmall(table.get())
                ? new FrameSlices(file, table.get())
                : PartSlices.of(file);
    }
}
