package io.github.huffhash.cli;

import io.github.huffhash.HuffhashChannel;
import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/**
 * A part of a file's content.
 *
 * @param offset how many bytes are before it
 * @param length how many bytes it has, or fewer if the content ends before
 */
record Range(long offset, long length) {
    private static final int BUFFER_BYTES = 1 << 17;

    /** Reads OFFSET:LENGTH. */
    static Range parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new TypeConversionException("'" + text + "' is not OFFSET:LENGTH");
        }
        var size = new SizeConverter();
        return new Range(
                size.convert(text.substring(0, colon)), size.convert(text.substring(colon + 1)));
    }

    /** Decompresses this range of each input, and no more of it than that takes. */
    FileTask.Coding coding(Console console) {
        return (input, out) -> {
            String file = input.name();
            if (file.equals(Input.STANDARD_INPUT) || !Input.isRegularOrMissing(file)) {
                throw new FileFailure(
                        Console.label(file), "only a regular file can be read in parts");
            }
            try (HuffhashChannel content = HuffhashChannel.open(Path.of(file))) {
                if (offset > content.size()) {
                    throw new FileFailure(
                            file,
                            "the range begins at "
                                    + offset
                                    + ", but the content has "
                                    + content.size()
                                    + " bytes");
                }
                long bytes = copy(content, out);
                if (content.size() > 0 && !content.isVerified()) {
                    console.warn(
                            file
                                    + ": the range is not checked: the file has no checksum of"
                                    + " less than the whole");
                }
                return new FileTask.Coding.Counts(bytes, bytes);
            }
        };
    }

    private long copy(HuffhashChannel content, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = Math.min(length, content.size() - offset);
        content.position(offset);
        long copied = 0;
        while (copied < left) {
            int count =
                    content.read(
                            ByteBuffer.wrap(
                                    buffer, 0, (int) Math.min(buffer.length, left - copied)));
            out.write(buffer, 0, count);
            copied += count;
        }
        return copied;
    }
}
