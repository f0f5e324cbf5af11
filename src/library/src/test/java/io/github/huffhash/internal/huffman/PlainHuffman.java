package io.github.huffhash.internal.huffman;

import io.github.huffhash.internal.bits.BackwardBitReader;
import io.github.huffhash.internal.bits.BitWriter;
import java.util.Arrays;

/** What the hot loops do, as plainly as it can be said. */
final class PlainHuffman {
    private PlainHuffman() {}

    /** The code of each symbol, counted up from the longest codes as RFC 8878 describes it. */
    static int[] codes(byte[] lengths) {
        int[] codes = new int[256];
        int code = 0;
        for (int length = CodeLengths.MAX_LENGTH; length > 0; length--) {
            for (int symbol = 0; symbol < 256; symbol++) {
                if (lengths[symbol] == length) {
                    codes[symbol] = code++;
                }
            }
            code >>>= 1;
        }
        return codes;
    }

    /** One stream. */
    static byte[] encode(byte[] lengths, byte[] source, int from, int to) {
        int[] codes = codes(lengths);
        byte[] target = new byte[2 * (to - from) + 1];
        var writer = new BitWriter(target, 0);
        for (int i = to - 1; i >= from; i--) {
            int symbol = source[i] & 0xFF;
            writer.write(codes[symbol], lengths[symbol]);
        }
        return Arrays.copyOf(target, writer.endMarked());
    }

    /** The symbols of one stream, bit by bit; as many as it has. */
    static byte[] decode(byte[] lengths, byte[] stream, int count) {
        int[] codes = codes(lengths);
        var reader =
                new BackwardBitReader(stream, 0, BackwardBitReader.bits(stream, 0, stream.length));
        byte[] symbols = new byte[count];
        for (int i = 0; i < count; i++) {
            int code = 0;
            int length = 0;
            int symbol = -1;
            while (symbol < 0) {
                code = code << 1 | reader.read(1);
                length++;
                symbol = find(lengths, codes, code, length);
            }
            symbols[i] = (byte) symbol;
        }
        if (reader.bitsLeft() != 0) {
            throw new IllegalStateException(reader.bitsLeft() + " bits left");
        }
        return symbols;
    }

    private static int find(byte[] lengths, int[] codes, int code, int length) {
        for (int symbol = 0; symbol < 256; symbol++) {
            if (lengths[symbol] == length && codes[symbol] == code) {
                return symbol;
            }
        }
        return -1;
    }
}
