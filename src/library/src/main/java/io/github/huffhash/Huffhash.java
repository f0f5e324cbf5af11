package io.github.huffhash;

import io.github.huffhash.ArrayCoding.FileInMemory;
import io.github.huffhash.internal.huffman.CodeLengths;
import io.github.huffhash.internal.zstd.ArrayDecoder;
import io.github.huffhash.internal.zstd.ZstdFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Compression in one call. What is written is a Zstandard file (RFC 8878) that every Zstandard
 * decoder reads; its blocks are Huffman-coded and have no sequences. The same content, options and
 * announced size always give the same file.
 *
 * <pre>{@code
 * byte[] file = Huffhash.compress(content);
 * byte[] again = Huffhash.decompress(file, content.length);
 * }</pre>
 *
 * <p>All methods can be called from any thread. What two calls share, such as a stream or an array
 * that is written to, is for the callers to guard. Memory that is not in use is kept for later
 * calls, streams and channels: up to 1.8 MB for each processor.
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
     * @return the file
     * @throws OutOfMemoryError if the file does not fit into an array
     */
    public static byte[] compress(byte[] content, CompressOptions options) {
        return compress(content, 0, content.length, options);
    }

    /**
     * Compresses {@code content[offset]} to {@code content[offset + length - 1]}.
     *
     * @return the file
     * @throws IndexOutOfBoundsException if the range does not lie in the array
     * @throws OutOfMemoryError if the file does not fit into an array
     */
    public static byte[] compress(byte[] content, int offset, int length, CompressOptions options) {
        return ArrayCoding.compress(content, offset, length, options).toByteArray();
    }

    /**
     * Compresses what remains in a buffer, up to its limit, which becomes its position.
     *
     * @return the file, in a new buffer from position 0 to its limit
     * @throws OutOfMemoryError if the file does not fit into an array
     */
    public static ByteBuffer compress(ByteBuffer content, CompressOptions options) {
        ByteBuffer all = inArray(content);
        int offset = all.arrayOffset() + all.position();
        FileInMemory file = ArrayCoding.compress(all.array(), offset, all.remaining(), options);
        content.position(content.limit());
        return file.toBuffer();
    }

    /**
     * Compresses {@code content[offset]} to {@code content[offset + length - 1]} into an array.
     *
     * @param target receives the file from index {@code at} on; {@link #maxCompressedBytes} is
     *     always enough room. It may be the array of the content if that is outside of this room
     * @return bytes of the file
     * @throws IllegalArgumentException if the content lies in this room
     * @throws IndexOutOfBoundsException if the range does not lie in its array, or the file not in
     *     {@code target}; what is there is undefined then
     */
    public static int compress(
            byte[] content,
            int offset,
            int length,
            byte[] target,
            int at,
            CompressOptions options) {
        return ArrayCoding.compress(content, offset, length, target, at, options);
    }

    /**
     * The most bytes that a file of so much content has, as {@code compress} makes it of arrays,
     * and of streams that are not flushed; {@link Long#MAX_VALUE} if it is more than that.
     *
     * @param contentBytes at least 0
     */
    public static long maxCompressedBytes(long contentBytes, CompressOptions options) {
        return options.maxFileBytes(contentBytes);
    }

    /**
     * Compresses a stream to its end, without knowing how long it is.
     *
     * @param in is not closed; its end must be the end
     * @param out receives the file; it is neither flushed nor closed
     * @param workers how many threads do the work, at least 1; with 1 it is the caller alone.
     *     Otherwise these threads take turns at reading and writing, which a {@link
     *     java.io.PipedOutputStream} does not allow; none is alive on return. After a failure they
     *     are interrupted, which closes an {@link java.nio.channels.InterruptibleChannel} that one
     *     of them uses. A failure of {@code out} is only reported when a read that ignores
     *     interrupts has returned
     * @return bytes written
     * @throws IOException if reading or writing fails; then {@code out} has no complete file
     * @throws java.io.InterruptedIOException if the caller is interrupted while it waits for the
     *     threads; its interrupt status stays set
     * @throws IllegalArgumentException if {@code workers} is less than 1
     */
    public static long compress(
            InputStream in, OutputStream out, CompressOptions options, int workers)
            throws IOException {
        return compress(in, OptionalLong.empty(), out, options, workers);
    }

    /**
     * The same for content whose size may be known, so that the file says it: the file is the one
     * that is made of an array then.
     *
     * @param contentBytes how many bytes {@code in} has, if that is known
     * @throws IOException also if it has less or more
     */
    public static long compress(
            InputStream in,
            OptionalLong contentBytes,
            OutputStream out,
            CompressOptions options,
            int workers)
            throws IOException {
        Objects.requireNonNull(in);
        return StreamCoding.compress(in, contentBytes, out, options, Workers.atLeastOne(workers));
    }

    /**
     * Decompresses a Zstandard file, made by whatever tool.
     *
     * @param maxBytes the most bytes that may come out, at least 0
     * @return the content
     * @throws HuffhashFormatException if the file is not valid, needs a dictionary, or has more
     *     than {@code maxBytes} of content
     * @throws IllegalArgumentException if {@code maxBytes} is negative
     */
    public static byte[] decompress(byte[] file, int maxBytes) throws HuffhashFormatException {
        return decompress(file, 0, file.length, maxBytes);
    }

    /**
     * Decompresses the file in {@code file[offset]} to {@code file[offset + length - 1]}.
     *
     * @param maxBytes the most bytes that may come out, at least 0
     * @return the content
     * @throws HuffhashFormatException as {@link #decompress(byte[], int)} does; its offset counts
     *     from {@code file[offset]} on
     * @throws IndexOutOfBoundsException if the range does not lie in the array
     * @throws IllegalArgumentException if {@code maxBytes} is negative
     */
    public static byte[] decompress(byte[] file, int offset, int length, int maxBytes)
            throws HuffhashFormatException {
        Objects.checkFromIndexSize(offset, length, file.length);
        if (maxBytes < 0) {
            throw new IllegalArgumentException("at most " + maxBytes + " bytes: must not be < 0");
        }
        try {
            return ArrayDecoder.decode(file, offset, length, maxBytes);
        } catch (ZstdFormatException e) {
            throw new HuffhashFormatException(e);
        }
    }

    /**
     * Decompresses the file that remains in a buffer, up to its limit, which becomes its position.
     *
     * @param maxBytes the most bytes that may come out, at least 0
     * @return the content, in a new buffer from position 0 to its limit
     * @throws HuffhashFormatException as {@link #decompress(byte[], int)} does; its offset counts
     *     from the buffer's position on, which stays then
     * @throws IllegalArgumentException if {@code maxBytes} is negative
     */
    public static ByteBuffer decompress(ByteBuffer file, int maxBytes)
            throws HuffhashFormatException {
        ByteBuffer all = inArray(file);
        int offset = all.arrayOffset() + all.position();
        byte[] content = decompress(all.array(), offset, all.remaining(), maxBytes);
        file.position(file.limit());
        return ByteBuffer.wrap(content);
    }

    /** What remains in a buffer, in one with an array. */
    private static ByteBuffer inArray(ByteBuffer buffer) {
        return buffer.hasArray()
                ? buffer
                : ByteBuffer.allocate(buffer.remaining()).put(buffer.duplicate()).flip();
    }

    /** Decompresses a stream to its end with {@link DecompressOptions#DEFAULT}. */
    public static long decompress(InputStream in, OutputStream out, int workers)
            throws IOException {
        return decompress(in, out, DecompressOptions.DEFAULT, workers);
    }

    /**
     * Decompresses a stream to its end.
     *
     * <p>Content is written before the checksum of its frame has been verified: if this throws, do
     * not use what {@code out} has received.
     *
     * @param in is not closed; its end must be the end
     * @param out receives the content; it is neither flushed nor closed. It must not change the
     *     arrays that it is given, and not keep them: later content is made of them
     * @param workers as for {@link #compress(InputStream, OutputStream, CompressOptions, int)};
     *     sequences are carried out by one of them at a time
     * @return bytes written
     * @throws HuffhashFormatException if the file is not valid, needs a dictionary, or is not
     *     allowed by {@code options}
     * @throws IOException if reading or writing fails
     * @throws IllegalArgumentException if {@code workers} is less than 1
     */
    public static long decompress(
            InputStream in, OutputStream out, DecompressOptions options, int workers)
            throws IOException {
        Objects.requireNonNull(in);
        Objects.requireNonNull(out);
        return StreamCoding.decompress(in, out, options, Workers.atLeastOne(workers));
    }

    /**
     * The code that a block with these counts is compressed with: a canonical Huffman code without
     * code words of more than 11 bits (RFC 8878, section 4.2.1).
     *
     * @param counts how often each of the 256 symbols occurs, together less than 2²³
     * @return the code word of each of the 256 symbols in zeros and ones, empty for those that do
     *     not occur; all are empty if fewer than two symbols occur, since such a block takes no
     *     code
     * @throws IllegalArgumentException if these are not 256 counts, or too large
     */
    public static String[] codeWords(int[] counts) {
        UnitCompressor.requireCounts(counts);
        return new CodeLengths().words(counts);
    }
}
