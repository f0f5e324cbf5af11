package io.github.huffhash.internal.zstd;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.OptionalLong;

/**
 * What a file says of itself without being decoded.
 *
 * @param frames how many frames with content it has
 * @param skippableFrames how many others
 * @param checkedFrames how many frames have a checksum
 * @param fileBytes bytes of the file
 * @param contentBytes bytes of all content; unknown if a frame has sequences and does not say
 */
public record FileSummary(
        long frames,
        long skippableFrames,
        long checkedFrames,
        long fileBytes,
        OptionalLong contentBytes) {

    /**
     * Reads all headers of a file.
     *
     * @param file is not closed
     * @throws ZstdFormatException if it is not valid, as far as headers tell
     */
    public static FileSummary of(SeekableByteChannel file) throws IOException {
        var hopper = new FileHopper(file);
        long frames = 0;
        long skippable = 0;
        long checked = 0;
        long content = 0;
        boolean known = true;
        OptionalLong declared = OptionalLong.empty();
        while (true) {
            FileItem item = hopper.next();
            if (item instanceof FileItem.Frame frame) {
                frames++;
                checked += frame.header().checksum() ? 1 : 0;
                declared = frame.header().contentSize();
                content += declared.orElse(0);
                known &= declared.orElse(0) >= 0 && content >= 0; // numbers without a sign
            } else if (item instanceof FileItem.Block block) {
                if (declared.isEmpty()) {
                    content += block.outline().regeneratedSize();
                    known &= !block.outline().hasSequences();
                }
            } else if (item instanceof FileItem.Skippable) {
                skippable++;
            } else if (item instanceof FileItem.End) {
                return new FileSummary(
                        frames,
                        skippable,
                        checked,
                        file.size(),
                        known ? OptionalLong.of(content) : OptionalLong.empty());
            }
        }
    }
}
