import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Writes the Zstandard files made by hand: {@code java MakeZstdFiles.java DIRECTORY}, which
 * receives a folder {@code errors}, of one file a fault, and a folder {@code valid}, of what is
 * unusual and yet right. testdata has both, with a table of what is to come of each.
 *
 * <p>An error file's name is that of the fault, up to the first dot; then comes which kind of it.
 */
public class MakeZstdFiles {
    /** Magic number, no flags, window of 128 KiB. */
    static final String START = "28 B5 2F FD 00 38";

    static final String START_WITH_CHECKSUM = "28 B5 2F FD 04 38";
    static final String MAGIC = "28 B5 2F FD";

    /** The last block, raw, of 0 bytes or the byte 'a'. */
    static final String EMPTY = "01 00 00";

    static final String A = "09 00 00 61";

    /** A tree for the symbols 0 and 1, and a stream of both. */
    static final String TREE = "80 10";

    static final String STREAM = "05";
    static final String NO_SEQUENCES = "00";
    static final String FOUR_STREAMS = "01 00 01 00 01 00 05 05 05 01";

    static final int RAW = 0;
    static final int RLE = 1;
    static final int HUFFMAN = 2;
    static final int TREELESS = 3;

    static Path folder;

    public static void main(String[] args) throws IOException {
        folder = Files.createDirectories(Path.of(args[0], "errors"));
        truncated();
        betweenFrames();
        frameHeaders();
        blockHeaders();
        literalsSections();
        weights();
        streams();
        folder = Files.createDirectories(Path.of(args[0], "valid"));
        validFrames();
        validBlocks();
    }

    static void truncated() throws IOException {
        write("zero-bytes");
        write("truncated-in-magic-number", "28 B5 2F");
        write("truncated-in-magic-number.skippable", "5E 2A");
        write("truncated-in-magic-number.second-frame", START, A, "28");
        write("truncated-in-frame-header", MAGIC, "00");
        write("truncated-in-frame-header.content-size", MAGIC, "C0 38 01 00 00 00 00 00 00");
        write("truncated-in-block-header", START, "01 00");
        write("truncated-in-block-header.no-last-block", START, "08 00 00 61");
        write("truncated-in-block", START, "11 00 00 61");
        write("truncated-in-block.rle", START, "1B 00 00");
        write("truncated-in-block.huffman", START, "3D 00 00", huffman(1, 2, 3), TREE, STREAM);
        write("truncated-in-compressed-block", START, "2D 00 00 22");
        write("truncated-in-skippable-header", "50 2A 4D 18 01 00 00");
        write("truncated-in-skippable-frame", "50 2A 4D 18 02 00 00 00 AA");
        write("truncated-in-skippable-frame.of-4-GiB", "50 2A 4D 18 FF FF FF FF 00");
        write("checksum-missing", START_WITH_CHECKSUM, EMPTY);
        write("checksum-missing.partly", START_WITH_CHECKSUM, EMPTY, "99 E9 D8");
        write("checksum-bad", START_WITH_CHECKSUM, EMPTY, "98 E9 D8 51");
        write("checksum-bad.second-frame", START, A, START_WITH_CHECKSUM, EMPTY, "99 E9 D8 50");
    }

    static void betweenFrames() throws IOException {
        write("wrong-magic", "28 B5 2F FC 00 38", EMPTY);
        write("wrong-magic.zeros", "00 00 00 00 00 00 00 00");
        write("wrong-magic.two-bytes", "28 B6");
        write("wrong-magic.of-version-0.7", "27 B5 2F FD 00 38", EMPTY);
        write("wrong-magic.gzip", "1F 8B 08 00 00 00 00 00 00 03 03 00 00 00 00 00 00 00 00 00");
        write("trailing-garbage", START, A, "67 61 72 62 61 67 65");
        write("trailing-garbage.zero-padding", START, A, "00 00 00 00 00 00 00 00");
        write("trailing-garbage.one-zero", START, A, "00");
        write("trailing-garbage.of-skippable-frame", "50 2A 4D 18 00 00 00 00 0A");
    }

    static void frameHeaders() throws IOException {
        write("reserved-bit", MAGIC, "08 38", EMPTY);
        write("dictionary", MAGIC, "01 38 07", A);
        write("dictionary.two-bytes", MAGIC, "02 38 00 01", A);
        write("dictionary.four-bytes", MAGIC, "03 38 00 00 00 80", A);
        write("dictionary.as-for-0-planes", MAGIC, "03 38 00 50 46 48", A);
        write("dictionary.as-for-1-plane", MAGIC, "03 38 01 50 46 48", A);
        write("dictionary.as-for-9-planes", MAGIC, "03 38 09 50 46 48", A);
        write("dictionary.almost-planes", MAGIC, "03 38 02 50 46 49", A);
        write(
                "planes-of-a-block-across-units",
                MAGIC,
                "03 38 02 50 46 48",
                "02 35 0C 61",
                "03 35 0C 61");
        write(
                "checksum-bad.planes-number-flipped",
                MAGIC,
                "07 38 03 50 46 48",
                "31 00 00 61 62 63 64 65 66",
                "F5 4E AE 59");
        write("content-size-disagrees", MAGIC, "80 38 02 00 00 00", A);
        write("content-size-exceeded", MAGIC, "80 38 00 00 00 00", A);
        write("content-size-disagrees.257", MAGIC, "40 38 01 00", A);
        write("content-size-disagrees.2-to-62", MAGIC, "C0 38 00 00 00 00 00 00 00 40", A);
        write("content-size-disagrees.2-to-63", MAGIC, "C0 38 00 00 00 00 00 00 00 80", A);
        write("content-size-disagrees.128-MiB", MAGIC, "A0 01 00 00 08", EMPTY);
        write("content-size-disagrees.segment", MAGIC, "E0 00 00 00 00 00 00 00 80", A);
        write("content-size-2-to-64-less-1", MAGIC, "C0 38 FF FF FF FF FF FF FF FF", A);
        write("content-size-2-to-64-less-1.segment", MAGIC, "E0 FF FF FF FF FF FF FF FF", A);
        write("content-size-disagrees.second-frame", START, A, MAGIC, "20 02", A);
    }

    static void blockHeaders() throws IOException {
        write("reserved-block-type", START, "0F 00 00 61");
        String of1024 = MAGIC + "00 00";
        write("block-too-large.than-window", of1024, block(RAW, 1025), "61".repeat(1025));
        write("block-too-large.rle-than-window", of1024, block(RLE, 1025), "61");
        write("block-too-large.literals-than-window", of1024, "25 00 00 15 40 61 00");
        write("block-too-large.than-content", MAGIC, "20 01", block(RLE, 2), "61");
        write("block-too-large.rle-than-128-KiB", START, block(RLE, 131_073), "61");
        write("block-too-large.than-128-KiB", START, block(RAW, 131_073), "61");
        write("block-too-large.literals-than-128-KiB", START, "2D 00 00 1D 00 20 61 00");
    }

    static void literalsSections() throws IOException {
        compressed("no-literals-section");
        compressed("literals-header-cut", "22 00");
        compressed("literals-larger-than-block", "10 61");
        compressed("literals-larger-than-block.rle", "09");
        compressed("literals-larger-than-block.huffman", huffman(1, 2, 4), TREE, STREAM);
        compressed("no-sequences-section", "08 61");
        compressed("no-sequences-section.huffman", huffman(1, 2, 3), TREE, STREAM);
        compressed("sequences", "08 61 01 00");
        compressed("sequences.256", "08 61 81 00");
        compressed("sequences.32512", "08 61 FF 00 00");
        compressed("sequences.count-cut", "08 61 80");
        compressed("bytes-behind-sequences", "08 61 00 00");
        compressed("bytes-behind-sequences.two-bytes", "08 61 80 00 00");
        compressed("more-sequences-than-a-block-has", "08 61 FF FF FF 00 01");
        compressed("sequences-reserved-bits", "08 61 01 01 01");
        compressed("sequences-without-table", "08 61 01 C0 01");
        compressed("sequences-code-beyond-35", "08 61 01 40 24 01");
        compressed("sequences-last-byte-zero", "08 61 01 00 00");
        compressed("sequences-refer-too-far", "08 61 01 54 01 02 00 07");
        compressed("sequences-of-too-many-literals", "08 61 01 54 02 00 00 01");
        compressed("sequences-end-early", "08 61 01 54 01 00 23 01");
        compressed("sequences-end-late", "08 61 01 54 01 00 00 02");
        compressed("sequences-too-large", "08 61 01 54 01 00 34 FF FF 01");
        compressed("treeless-without-tree", treeless(1, 2, 1), STREAM, NO_SEQUENCES);
        write(
                "treeless-without-tree.but-one-in-the-frame-before",
                START,
                "3D 00 00",
                huffman(1, 2, 3),
                TREE,
                STREAM,
                NO_SEQUENCES,
                START,
                "2D 00 00",
                treeless(1, 2, 1),
                STREAM,
                NO_SEQUENCES);
        write(
                "treeless-without-tree.behind-raw-literals",
                START,
                "1C 00 00 08 61 00",
                "2D 00 00",
                treeless(1, 2, 1),
                STREAM,
                NO_SEQUENCES);
    }

    static void weights() throws IOException {
        compressed("no-tree-description", huffman(1, 2, 0), NO_SEQUENCES);
        weights("tree-description-larger-than-literals", "83 11");
        weights("tree-description-larger-than-literals.fse", "7F 11");
        weights("weights-all-zero", "81 00");
        weights("weight-beyond-11", "81 C1");
        weights("weight-beyond-11.15", "80 F0");
        weights("weights-too-long", "82 BB B0");
        weights("weights-incomplete", "81 13");
        weights("weights-fewer-than-two-of-1", "80 20");
        weights("weights-fewer-than-two-of-1.11-bits", "81 B0");
        weights("fse-accuracy-beyond-6", "02 02 01");
        weights("fse-table-ends-early", "02 C0 01");
        weights("fse-table-ends-early.at-once", "00");
        weights("fse-table-for-weights-beyond-11", "08 00 00 00 00 00 00 00 00");
        weights("fse-stream-of-zero-bytes", "02 F0 03");
        weights("fse-stream-last-byte-zero", "03 F0 03 00");
        weights("fse-stream-without-states", "03 F0 03 FF");
        weights("weights-more-than-255", "05 F0 03 00 00 01");
    }

    static void streams() throws IOException {
        four("four-streams-for-5-literals", 5, FOUR_STREAMS);
        four("four-streams-for-5-literals.for-none", 0, FOUR_STREAMS);
        four("no-jump-table", 6, "01 00 01 00 01");
        four("jump-table-outside", 6, "01 00 01 00 09 00 05 05 05 01");
        four("jump-table-outside.64-KiB", 6, "FF FF FF FF FF FF 05 05 05 01");
        one("stream-of-zero-bytes", 2, "");
        four("stream-of-zero-bytes.first", 6, "00 00 01 00 01 00 05 05 05 01");
        four("stream-of-zero-bytes.last", 6, "01 00 01 00 02 00 05 05 05 01");
        one("stream-last-byte-zero", 2, "00");
        four("stream-last-byte-zero.first", 6, "01 00 01 00 01 00 00 05 05 01");
        four("stream-last-byte-zero.last", 6, "01 00 01 00 01 00 05 05 05 00");
        one("stream-ends-early", 3, STREAM);
        one("stream-ends-early.long", 100, "FF FF FF FF FF FF FF FF FF 1F");
        four("stream-ends-early.first", 6, "01 00 01 00 01 00 02 05 05 01");
        four("stream-ends-early.last", 7, "01 00 01 00 01 00 05 05 05 01");
        String of65 = "FF".repeat(8) + "03";
        four("stream-ends-early.four-long", 4 * 66, "09 00 09 00 09 00" + of65.repeat(4));
        one("stream-ends-late", 1, STREAM);
        four("stream-ends-late.four-long", 4 * 64, "09 00 09 00 09 00" + of65.repeat(4));
        one("stream-ends-late.by-bytes", 2, "FF FF FF 05");
        four("stream-ends-late.first", 6, "01 00 01 00 01 00 0A 05 05 01");
        four("stream-ends-late.last", 6, FOUR_STREAMS.substring(0, 27) + "02");
    }

    static void validFrames() throws IOException {
        write("skippable-only", "50 2A 4D 18 02 00 00 00 AA BB", "5F 2A 4D 18 00 00 00 00");
        write("skippable-between", START, A, "55 2A 4D 18 01 00 00 00 EE", START, A);
        write("frames-many", (START + A + START + EMPTY).repeat(500));
        write("frame-empty", START, EMPTY);
        write("frame-of-single-segment", MAGIC, "20 01", A);
        write("frame-of-single-segment-empty", MAGIC, "20 00", EMPTY);
        write("content-size-in-2-bytes", MAGIC, "60 00 00", block(RLE, 256), "61");
        write("content-size-in-8-bytes", MAGIC, "C0 38 01 00 00 00 00 00 00 00", A);
        write("window-of-128-MiB", MAGIC, "00 88", A);
        write("window-of-144-MiB", MAGIC, "00 89", A);
        write("unused-bit", MAGIC, "10 38", A);
        write("dictionary-0", MAGIC, "01 38 00", A, MAGIC, "03 38 00 00 00 00", A);
        write("checksum", START_WITH_CHECKSUM, EMPTY, "99 E9 D8 51");
    }

    static void validBlocks() throws IOException {
        write("blocks-empty", START, "00 00 00", "02 00 00 61", A);
        write("block-rle-of-128-KiB", START, block(RLE, 131_072), "61");
        compressed("literals-raw", "10 61 62 00");
        compressed("literals-raw-headers-needlessly-long", "1C 00 00 61 00");
        compressed("literals-raw-none", "00 00");
        compressed("literals-rle", "19 61 00");
        compressed("literals-rle-128-KiB", "0D 00 20 61 00");
        compressed("sequences-none-in-two-bytes", "08 61 80 00");
        one("streams-1", 2, STREAM);
        four("streams-4", 6, FOUR_STREAMS);
        write(
                "treeless-behind-others",
                START,
                "3C 00 00",
                huffman(1, 2, 3) + TREE + STREAM + NO_SEQUENCES,
                "08 00 00 61",
                "1C 00 00 08 61 00",
                "2D 00 00",
                treeless(1, 2, 1) + STREAM + NO_SEQUENCES);
        // two weights 1 and a third that follows: codes of 2, 2 and 1 bits
        compressed("weights-direct", huffman(1, 3, 3), "81 11", "29", NO_SEQUENCES);
    }

    /** A frame of one block with weights, a stream and no sequences. */
    static void weights(String name, String description) throws IOException {
        boolean streamed = name.startsWith("weight") && !name.endsWith("-255");
        String all = description + (streamed ? STREAM : "");
        compressed(name, huffman(1, 2, bytes(all).length), all, NO_SEQUENCES);
    }

    static void one(String name, int literals, String stream) throws IOException {
        String all = TREE + stream;
        compressed(name, huffman(1, literals, bytes(all).length), all, NO_SEQUENCES);
    }

    static void four(String name, int literals, String streams) throws IOException {
        String all = TREE + streams;
        compressed(name, huffman(4, literals, bytes(all).length), all, NO_SEQUENCES);
    }

    /** A frame of one compressed block. */
    static void compressed(String name, String... content) throws IOException {
        String all = String.join("", content);
        write(name, START, block(HUFFMAN, bytes(all).length), all);
    }

    /** The header of a last block. */
    static String block(int type, int size) {
        return littleEndian(size << 3 | type << 1 | 1);
    }

    /** The header of Huffman-coded literals, in 3 bytes. */
    static String huffman(int streams, int literals, int stored) {
        return littleEndian(stored << 14 | literals << 4 | (streams == 4 ? 4 : 0) | HUFFMAN);
    }

    static String treeless(int streams, int literals, int stored) {
        return littleEndian(stored << 14 | literals << 4 | (streams == 4 ? 4 : 0) | TREELESS);
    }

    static String littleEndian(int threeBytes) {
        return "%02X%02X%02X".formatted(threeBytes & 255, threeBytes >> 8 & 255, threeBytes >> 16);
    }

    static byte[] bytes(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static void write(String name, String... digits) throws IOException {
        Files.write(folder.resolve(name + ".zst"), bytes(String.join("", digits)));
    }
}
