package io.github.huffhash;

import io.github.huffhash.internal.zstd.FileHeaders;
import io.github.huffhash.internal.zstd.ZstdFormatException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the headers of a Zstandard file say, sequences or not. Nothing is decoded.
 *
 * <pre>{@code
 * try (var channel = Files.newByteChannel(file)) {
 *     OptionalLong size = FileInfo.read(channel).contentBytes();
 * }
 * }</pre>
 *
 * @param frames how many frames with content it has
 * @param skippableFrames how many others
 * @param checkedFrames how many frames have a checksum
 * @param fileBytes bytes of the file
 * @param contentBytes bytes of all content; unknown if a frame has sequences and does not say
 * @param planes which numbers of byte planes frames have, in ascending order; most files have none
 */
public record FileInfo(
        long frames,
        long skippableFrames,
        long checkedFrames,
        long fileBytes,
        OptionalLong contentBytes,
        List<Integer> planes) {
    /** Keeps a copy of the list. */
    public FileInfo {
        planes = List.copyOf(planes);
    }

    /**
     * Reads all headers of a file.
     *
     * @param file stays open; its position may change
     * @throws HuffhashFormatException if it is not valid, as far as headers tell
     */
    public static FileInfo read(SeekableByteChannel file) throws IOException {
        try {
            var all = FileHeaders.read(file);
            return new FileInfo(
                    all.frames(),
                    all.skippableFrames(),
                    all.checkedFrames(),
                    all.fileBytes(),
                    all.contentBytes(),
                    all.planes());
        } catch (ZstdFormatException e) {
            throw new HuffhashFormatException(e);
        }
    }
}
