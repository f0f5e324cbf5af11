package io.github.huffhash;

import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.zstd.FrameHeader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where this decoder and libzstd judge a file differently, and why. Content never differs. */
final class Differences {
    private static final int SINGLE_SEGMENT = 0x20;

    /** Just below 4 GiB: libzstd looks at the exponent alone. */
    private static final int LARGEST_WINDOW = 0xAF;

    /** What is refused here, and read by libzstd in one call or as a stream. */
    private static final Map<Pattern, String> REFUSED_HERE = new LinkedHashMap<>();

    static {
        add(
                "sequences: a match from before the window",
                "libzstd lets a match begin before the window, if the content is still there");
        add(
                "sequences: more content than a block may have",
                "in one call, libzstd does not check how large such a block is");
        add("the file is empty", "libzstd takes no bytes for no frames");
        add(
                "block of \\d+ bytes in a frame that allows",
                "in one call, libzstd checks neither the size of raw blocks nor of RLE blocks");
        add(
                "Huffman stream (ends early|ends late|whose last byte is zero)",
                "libzstd looks at the ends of four streams only if one of them is short");
        add(
                "FSE table for weights that do not exist",
                "libzstd refuses them when they are used: codes of 12 bits");
        add("content size of 2\\^64 - 1", "libzstd takes it for an unknown size");
    }

    private Differences() {}

    private static void add(String reason, String why) {
        REFUSED_HERE.put(Pattern.compile(reason), why);
    }

    /** Why libzstd may read what is refused here for this reason; nothing if it must not. */
    static Optional<String> ofRefused(String reason) {
        return REFUSED_HERE.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(reason).find())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Whether a frame seems to ask for 4 GiB or more, which is read here: no window is needed. */
    static boolean isWindowTooLargeForLibzstd(byte[] file) {
        for (int at = 0; at + 5 < file.length; at++) {
            if (LittleEndian.get32(file, at) == FrameHeader.MAGIC
                    && (file[at + 4] & SINGLE_SEGMENT) == 0
                    && (file[at + 5] & 0xFF) > LARGEST_WINDOW) {
                return true;
            }
        }
        return false;
    }
}
