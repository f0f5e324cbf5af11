package io.github.huffhash.internal.zstd;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Hand-made files. */
public final class Frames {
    /** Magic number, no flags, window of 128 KiB. */
    public static final String START = "28 B5 2F FD 00 38 ";

    private Frames() {}

    /** The bytes of hexadecimal digits, which may be set apart by blanks. */
    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** All bytes of all parts. */
    public static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** All files of two lists. */
    public static List<byte[]> join(List<byte[]> some, List<byte[]> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
