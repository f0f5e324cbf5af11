package io.github.huffhash;

import io.github.huffhash.zstd.FileDecoder;
import io.github.huffhash.zstd.FrameEncoder;
import io.github.huffhash.zstd.SeekTable;
import io.github.huffhash.zstd.XxHash64;
import io.github.huffhash.zstd.ZstdFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Compression in one call. What is written is a Zstandard file (RFC 8878) that every Zstandard
 * decoder reads; its blocks are Huffman-coded and have no sequences.
 *
 * <p>All methods can be called from any thread.
 */
public final class Huffhash {
    private Huffhash() {}

    /** Compresses with {@link CompressOptions#DEFAULT}. */
    public static byte[] compress(byte[] content) {
        return compress(content, CompressOptions.DEFAULT);
    }

    /**
     * Compresses.
     *
     * @return the file; the same content and options always give the same
     * @throws IllegalArgumentException if what comes out might not fit into an array
     */
    public static byte[] compress(byte[] content, CompressOptions options) {
        var encoder = new FrameEncoder(options.unitBytes(), options.checksum());
        if (options.frameBytes().isEmpty()) {
            byte[] file = new byte[room(encoder.maxBytes(content.length))];
            return Arrays.copyOf(file, encoder.encode(content, 0, content.length, file, 0));
        }
        int frameBytes = options.frameBytes().getAsInt();
        long frames = Math.max(1, (content.length + frameBytes - 1L) / frameBytes);
        long before = (frames - 1) * frameBytes; // bytes of all frames but the last
        long room =
                (frames - 1) * encoder.maxBytes(frameBytes)
                        + encoder.maxBytes((int) (content.length - before));
        byte[] file = new byte[room(room)];
        List<SeekTable.Frame> entries = new ArrayList<>();
        int end = 0;
        int done = 0;
        do {
            int size = Math.min(frameBytes, content.length - done);
            int start = end;
            end = encoder.encode(content, done, size, file, start);
            OptionalLong checksum =
                    options.checksum()
                            ? OptionalLong.of(XxHash64.checksum(content, done, size))
                            : OptionalLong.empty();
            entries.add(new SeekTable.Frame(end - start, size, checksum));
            done += size;
        } while (done < content.length);
        byte[] table = new SeekTable(entries).toBytes();
        byte[] whole = Arrays.copyOf(file, room((long) end + table.length));
        System.arraycopy(table, 0, whole, end, table.length);
        return whole;
    }

    private static int room(long bytes) {
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("too large for one array: " + bytes + " bytes");
        }
        return (int) bytes;
    }

    /**
     * Decompresses a file of frames without sequences, by whatever tool.
     *
     * @param maxBytes the most bytes that may come out, at least 0
     * @throws ZstdFormatException if the file is not valid, has sequences, needs a dictionary, or
     *     has more than {@code maxBytes} of content
     * @throws IllegalArgumentException if {@code maxBytes} is negative
     */
    public static byte[] decompress(byte[] file, int maxBytes) throws ZstdFormatException {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("at most " + maxBytes + " bytes: must not be < 0");
        }
        return FileDecoder.decode(file, maxBytes);
    }
}
