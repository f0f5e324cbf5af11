package io.github.huffhash.zstd;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Hand-made files. */
final class Frames {
    /** Magic number, no flags, window of 128 KiB. */
    static final String START = "28 B5 2F FD 00 38 ";

    private Frames() {}

    /** The bytes of hexadecimal digits, which may be set apart by blanks. */
    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** A frame of one compressed block with this content. */
    static byte[] compressed(String content) {
        return frame(
                new BlockHeader(true, BlockHeader.Type.COMPRESSED, hex(content).length), content);
    }

    /** A frame of one block. */
    static byte[] frame(BlockHeader header, String content) {
        byte[] block = new byte[BlockHeader.BYTES];
        header.write(block, 0);
        return concat(hex(START), block, hex(content));
    }

    static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
