package io.github.huffhash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the benchmarks work on: pieces of a file, evenly spread over it, or of made text.
 *
 * <p>There are as many pieces whatever the size of the file, and of various content, because what
 * is done again and again for one piece is learnt by the processor: by its caches and even more by
 * its branch prediction.
 */
@State(Scope.Benchmark)
public class Data {
    /** Bytes of what is compressed by itself. */
    public static final int UNIT_BYTES = 128 << 10;

    /** More than most caches hold. */
    public static final int UNITS = 128;

    /** Bytes of all units. */
    public static final int BYTES_IN_UNITS = UNITS * UNIT_BYTES;

    /** Bytes of what is signed by itself. */
    public static final int BLOCK_BYTES = 1 << 10;

    /** As many as have room in a cache together with what is kept for each of them. */
    public static final int BLOCKS = 1024;

    /** Bytes of all blocks. */
    public static final int BYTES_IN_BLOCKS = BLOCKS * BLOCK_BYTES;

    /** Counts of symbols. */
    private static final int SYMBOLS = 256;

    private static final String MADE = "made";

    /** The name of a file, or {@value #MADE}: {@code -p file=NAME,NAME}. */
    @Param(MADE)
    public String file;

    private byte[] content;

    /** Reads the file. */
    @Setup
    public void read() throws IOException {
        content =
                file.equals(MADE)
                        ? MadeText.bytes(BYTES_IN_UNITS)
                        : Files.readAllBytes(Path.of(file));
        if (content.length == 0) {
            throw new IOException(file + ": no content to measure with");
        }
    }

    /** All units. */
    public byte[][] units() {
        return pieces(UNITS, UNIT_BYTES);
    }

    /** All blocks. */
    public byte[][] blocks() {
        return pieces(BLOCKS, BLOCK_BYTES);
    }

    /** Pieces that begin at even distances; what is too short is repeated. */
    private byte[][] pieces(int number, int bytes) {
        byte[] source = content;
        while (source.length < bytes) {
            int length = source.length;
            source = Arrays.copyOf(source, 2 * length);
            System.arraycopy(source, 0, source, length, length);
        }
        byte[][] pieces = new byte[number][];
        int room = source.length - bytes;
        for (int i = 0; i < number; i++) {
            int from = (int) ((long) room * i / (number - 1));
            pieces[i] = Arrays.copyOfRange(source, from, from + bytes);
        }
        return pieces;
    }

    /**
     * The counts of each piece's symbols, of which there are two at least: what has just one gets
     * another, so that it has a code.
     */
    public static int[][] counts(byte[][] pieces) {
        int[][] counts = new int[pieces.length][SYMBOLS];
        for (int i = 0; i < pieces.length; i++) {
            for (byte symbol : pieces[i]) {
                counts[i][symbol & 0xFF]++;
            }
            int first = pieces[i][0] & 0xFF;
            if (counts[i][first] == pieces[i].length) {
                counts[i][first]--;
                counts[i][first ^ 1]++;
            }
        }
        return counts;
    }
}
