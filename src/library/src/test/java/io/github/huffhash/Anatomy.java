package io.github.huffhash;

import io.github.huffhash.internal.bits.LittleEndian;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what a valid file consists of, without decoding it: a reading of RFC 8878 that owes nothing
 * to the one under test.
 */
public final class Anatomy {
    private static final long MAGIC = 0xFD2FB528L;

    private final byte[] file;
    private final List<String> parts = new ArrayList<>();
    private int at;

    private Anatomy(byte[] file) {
        this.file = file;
    }

    /** The file's parts, such as "frame", "raw" or "huffman, 4 streams, FSE weights". */
    public static List<String> of(byte[] file) {
        var anatomy = new Anatomy(file);
        while (anatomy.at < file.length) {
            if (LittleEndian.get32(file, anatomy.at) == MAGIC) {
                anatomy.frame();
            } else {
                anatomy.parts.add("skippable");
                anatomy.at += 8 + (int) LittleEndian.get32(file, anatomy.at + 4);
            }
        }
        return anatomy.parts;
    }

    private void frame() {
        int flags = file[at + 4] & 0xFF;
        boolean single = (flags & 32) != 0;
        boolean checksum = (flags & 4) != 0;
        int dictionaryBytes = new int[] {0, 1, 2, 4}[flags & 3];
        int sizeBytes = new int[] {single ? 1 : 0, 2, 4, 8}[flags >>> 6];
        parts.add(
                "frame"
                        + (sizeBytes > 0 ? ", content size" : "")
                        + (checksum ? ", checksum" : "")
                        + (single ? ", single segment" : ""));
        at += 5 + (single ? 0 : 1) + dictionaryBytes + sizeBytes;
        boolean last;
        do {
            int header = LittleEndian.get24(file, at);
            at += 3;
            last = (header & 1) != 0;
            int size = header >>> 3;
            switch (header >>> 1 & 3) {
                case 0 -> parts.add("raw");
                case 1 -> {
                    parts.add("RLE");
                    size = 1;
                }
                default -> compressed(at, at + size);
            }
            at += size;
        } while (!last);
        at += checksum ? 4 : 0;
    }

    private void compressed(int from, int end) {
        int type = file[from] & 3;
        int format = file[from] >>> 2 & 3;
        boolean huffman = type >= 2;
        int headerBytes = huffman ? new int[] {3, 3, 4, 5}[format] : new int[] {1, 2, 1, 3}[format];
        long header = 0;
        for (int i = 0; i < headerBytes; i++) {
            header |= (file[from + i] & 0xFFL) << (8 * i);
        }
        int tree = from + headerBytes;
        int width = new int[] {10, 10, 14, 18}[format];
        int sequences =
                switch (type) {
                    case 0 -> tree + (int) (header >>> (headerBytes == 1 ? 3 : 4));
                    case 1 -> tree + 1;
                    default -> tree + (int) (header >>> (4 + width) & ((1 << width) - 1));
                };
        String streams = format == 0 ? ", 1 stream" : ", 4 streams";
        String literals =
                switch (type) {
                    case 0 -> "raw literals";
                    case 1 -> "RLE literals";
                    case 2 ->
                            "huffman"
                                    + streams
                                    + (file[tree] < 0 ? ", direct" : ", FSE")
                                    + " weights";
                    default -> "treeless" + streams;
                };
        int bytes = end - sequences;
        boolean none = file[sequences] == 0 || (bytes == 2 && file[sequences + 1] == 0);
        parts.add(literals + (none ? "" : ", sequences"));
    }
}
