package io.github.huffhash.internal.huffman;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.internal.huffman.HuffmanDecoder.StreamEnd;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Four streams of which one comes to its end long before the others, in bits or in symbols: the
 * fast loop must leave each of them in time. Random content does not show a missing guard, because
 * its four streams end at about the same time.
 */
class FourStreamEndsTest {
    /** The first symbol with a code: bytes written beyond a stream's end are 0, which has none. */
    private static final int FIRST = 100;

    /** A segment of blocks that are decoded one symbol at a time, and of those that are not. */
    private static final int SHORT_SEGMENT = 300;

    private static final int LONG_SEGMENT = 2300;

    private static final int MARGIN = 40;
    private static final byte CANARY = 77;

    /** Complete codes: the first symbol has the shortest code, the last one the longest. */
    @SuppressWarnings("ImmutableEnumChecker") // nothing changes the array
    enum Code {
        ONE_TO_ELEVEN_BITS(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11),
        FOUR_SYMBOLS_IN_ELEVEN_BITS(2, 3, 3, 3, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11),
        SIX_TO_ELEVEN_BITS(sixToEleven()),
        ONE_AND_TWO_BITS(1, 2, 2);

        final byte[] lengths = new byte[256];
        final int symbols;

        Code(int... codeLengths) {
            symbols = codeLengths.length;
            for (int i = 0; i < symbols; i++) {
                lengths[FIRST + i] = (byte) codeLengths[i];
            }
        }

        private static int[] sixToEleven() {
            int[] all = new int[69];
            Arrays.fill(all, 6);
            System.arraycopy(new int[] {7, 8, 9, 10, 11, 11}, 0, all, 63, 6);
            return all;
        }

        /** The symbol at a place in the order from the shortest to the longest code. */
        byte symbol(int place) {
            return (byte) (FIRST + Math.min(place, symbols - 1));
        }

        byte longest() {
            return symbol(symbols - 1);
        }
    }

    private final HuffmanDecoder decoder = new HuffmanDecoder();
    private final HuffmanEncoder encoder = new HuffmanEncoder();
    private final byte[][] segments = new byte[4][];
    private final byte[][] streams = new byte[4][];

    /** Codes of three and four bits, where there are some: slower than the shortest. */
    private static byte[] slow(Code code, int length) {
        byte[] segment = new byte[length];
        for (int i = 0; i < length; i++) {
            segment[i] = code.symbol(2 + (i & 1));
        }
        return segment;
    }

    /**
     * One symbol of the shortest code again and again, then the first four symbols {@code fours}
     * times, then {@code longest} of the longest code.
     *
     * @param before how many of the longest code come first, so that rounds of the fast loop end at
     *     other places
     */
    private static byte[] fast(Code code, int length, int before, int fours, int longest) {
        byte[] segment = new byte[length];
        Arrays.fill(segment, code.symbol(0));
        Arrays.fill(segment, 0, before, code.longest());
        int tail = length - longest;
        Arrays.fill(segment, tail, length, code.longest());
        for (int i = 0; i < 4 * fours; i++) {
            segment[tail - 1 - i] = code.symbol(i % 4);
        }
        return segment;
    }

    private void set(int stream, byte[] segment) {
        segments[stream] = segment;
        byte[] target = new byte[2 * segment.length + 16];
        int end = encoder.encode1(segment, 0, segment.length, target, 0);
        streams[stream] = Arrays.copyOf(target, end);
    }

    /**
     * Decodes the four streams: with nothing around them and nothing behind the target, and with a
     * little there.
     */
    private void check(String what) {
        byte[] content = concat(segments);
        for (boolean tight : new boolean[] {true, false}) {
            int before = tight ? 0 : 1; // a longer one hides loads that begin before a stream
            byte[] source = concat(new byte[before], concat(streams));
            byte[] target = new byte[MARGIN + content.length + (tight ? 0 : MARGIN)];
            Arrays.fill(target, CANARY);
            assertThat(decoder.decode4(source, boundaries(before), target, MARGIN, content.length))
                    .as(what)
                    .isEqualTo(StreamEnd.EXACT);
            byte[] expected = new byte[target.length];
            Arrays.fill(expected, CANARY);
            System.arraycopy(content, 0, expected, MARGIN, content.length);
            assertThat(Arrays.mismatch(target, expected)).as("first error, %s", what).isNegative();
        }
    }

    private int[] boundaries(int first) {
        int[] boundaries = {first, 0, 0, 0, 0};
        for (int stream = 0; stream < 4; stream++) {
            boundaries[stream + 1] = boundaries[stream] + streams[stream].length;
        }
        return boundaries;
    }

    private static byte[] concat(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** The wide table is used however few symbols there are. */
    private void setCode(Code code) {
        decoder.setCode(code.lengths);
        decoder.prepare(Integer.MAX_VALUE);
        encoder.setCode(code.lengths);
    }

    /** The last segment may be up to three symbols shorter than the others. */
    private static int length(int segment, int stream, int shorter) {
        return stream == 3 ? segment - shorter % 4 : segment;
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void aStreamOfFewBitsThatEndsInLongCodesIsLeftInTime(Code code) {
        for (int segment : new int[] {SHORT_SEGMENT, LONG_SEGMENT}) {
            for (int stream = 0; stream < 4; stream++) {
                setCode(code);
                for (int other = 0; other < 4; other++) {
                    set(other, slow(code, length(segment, other, stream)));
                }
                for (int before = 0; before < 20; before++) {
                    for (int fours = 0; fours <= 5; fours++) {
                        for (int longest = 0; longest <= 12; longest++) {
                            int length = segments[stream].length;
                            set(stream, fast(code, length, before, fours, longest));
                            check(
                                    "%s, stream %d of %d, %d, %d, %d"
                                            .formatted(
                                                    code, stream, segment, before, fours, longest));
                        }
                    }
                }
            }
        }
    }

    /** Where all keep pace, they reach their last symbols with bits left in each. */
    @ParameterizedTest
    @EnumSource(Code.class)
    void streamsThatEndTogetherInLongCodesAreLeftInTime(Code code) {
        for (int segment : new int[] {SHORT_SEGMENT, LONG_SEGMENT}) {
            setCode(code);
            for (int before = 0; before < 20; before++) {
                for (int longest = 0; longest <= 12; longest++) {
                    for (int stream = 0; stream < 4; stream++) {
                        int length = length(segment, stream, longest);
                        set(stream, fast(code, length, before, longest % 5, longest));
                    }
                    check("%s, %d, %d, %d".formatted(code, segment, before, longest));
                }
            }
        }
    }

    /** The others have bits left for a round, and the stream goes on in one of long codes. */
    @ParameterizedTest
    @EnumSource(Code.class)
    void aStreamWithAlmostAsManyBitsAsTheOthersIsLeftInTime(Code code) {
        var random = new Random(1);
        setCode(code);
        for (int stream = 0; stream < 4; stream++) {
            for (int round = 0; round < 2000; round++) {
                int length = SHORT_SEGMENT + round % 5;
                for (int other = 0; other < 4; other++) {
                    set(other, fast(code, length, 0, 0, 20));
                }
                byte[] symbols = fast(code, length, round / 5 % 20, 0, 20);
                for (int i = 1; i <= 12; i++) {
                    symbols[length - i] =
                            code.symbol(
                                    code.symbols - 1 - random.nextInt(Math.min(8, code.symbols)));
                }
                Arrays.fill(symbols, length - 12, length - 6, code.longest());
                set(stream, symbols);
                check("%s, stream %d, round %d".formatted(code, stream, round));
            }
        }
    }

    /** All but one stream have several times its bits, or its symbols' bits are several times. */
    @ParameterizedTest
    @EnumSource(Code.class)
    void aStreamThatRunsOutOfBitsFirstIsLeftInTime(Code code) {
        for (int segment : new int[] {60, 64, SHORT_SEGMENT, LONG_SEGMENT}) {
            for (int stream = 0; stream < 4; stream++) {
                setCode(code);
                for (int longCodes = 0; longCodes < 4; longCodes++) {
                    for (int other = 0; other < 4; other++) {
                        byte[] symbols = slow(code, length(segment, other, longCodes));
                        Arrays.fill(symbols, 0, symbols.length >>> longCodes, code.longest());
                        set(other, symbols);
                    }
                    for (int longer = 0; longer < 60; longer++) {
                        byte[] symbols = fast(code, length(segment, stream, longCodes), 0, 0, 0);
                        Arrays.fill(symbols, 0, Math.min(longer, symbols.length), code.symbol(1));
                        set(stream, symbols);
                        check(
                                "%s, stream %d of %d, %d, %d"
                                        .formatted(code, stream, segment, longCodes, longer));
                    }
                }
            }
        }
    }

    /** A stream with symbols left over is refused, and none of them is written. */
    @ParameterizedTest
    @EnumSource(Code.class)
    void nothingIsWrittenBehindTheEndThoughThereAreBitsForMore(Code code) {
        setCode(code);
        expectNothingBehindTheEnd(code);
        decoder.setCode(code.lengths); // and with the narrow table
        expectNothingBehindTheEnd(code);
    }

    private void expectNothingBehindTheEnd(Code code) {
        for (int extra = 1; extra < 80; extra++) {
            for (int length = 1; length < 40; length++) {
                set(0, slow(code, length + extra));
                byte[] target = new byte[MARGIN + length];
                Arrays.fill(target, CANARY);
                assertThat(
                                decoder.decode1(
                                        streams[0], 0, streams[0].length, target, MARGIN, length))
                        .isEqualTo(StreamEnd.LATE);
                assertThat(target).startsWith(canaries());
            }
            for (int longer = 0; longer < 4; longer++) {
                for (int stream = 0; stream < 4; stream++) {
                    set(stream, slow(code, stream == longer ? 100 + extra : 100));
                }
                byte[] target = new byte[MARGIN + 400];
                Arrays.fill(target, CANARY);
                assertThat(decoder.decode4(concat(streams), boundaries(0), target, MARGIN, 400))
                        .isEqualTo(StreamEnd.LATE);
                assertThat(target).startsWith(canaries());
            }
            for (int length = 100; length < 105; length++) { // all have bits for more
                set(0, slow(code, length + extra));
                Arrays.fill(streams, streams[0]);
                expectLate(4 * length);
            }
        }
    }

    /** The stream has more symbols than it should, and comes to its end before the others. */
    @ParameterizedTest
    @EnumSource(Code.class)
    void aFastStreamWithSymbolsLeftOverWritesNothingBehindTheTarget(Code code) {
        setCode(code);
        for (int segment : new int[] {SHORT_SEGMENT, LONG_SEGMENT}) {
            for (int more = 0; more < 20; more++) {
                int length = segment + more; // the last round ends anywhere
                for (int extra : new int[] {1, 10, 100, 2000}) {
                    for (int stream = 0; stream < 4; stream++) {
                        set(0, slow(code, length));
                        Arrays.fill(streams, streams[0]);
                        set(stream, fast(code, length + extra, 0, 0, 0));
                        expectLate(4 * length);
                    }
                }
            }
        }
    }

    /** While the others decode their segments, it could fill all of the target, and more. */
    @ParameterizedTest
    @EnumSource(Code.class)
    void aStreamThatIsFourTimesAsFastStaysInItsSegment(Code code) {
        setCode(code);
        for (int segment : new int[] {SHORT_SEGMENT, LONG_SEGMENT}) {
            for (int stream = 0; stream < 4; stream++) {
                set(stream, fast(code, 10 * segment, 0, 0, 0));
            }
            check("cells of several symbols, if the code is short enough, from the second time on");
            set(0, fast(code, segment, segment, 0, 0));
            byte[] slowest = streams[0];
            set(0, fast(code, 4 * segment, 0, 0, 0));
            byte[] fastest = streams[0];
            for (int stream = 0; stream < 4; stream++) {
                Arrays.fill(streams, slowest);
                streams[stream] = fastest;
                expectLate(4 * segment);
            }
        }
    }

    /** The last segment is shorter than the others, but has bits for as many symbols and more. */
    @ParameterizedTest
    @EnumSource(Code.class)
    void aShorterLastStreamWithBitsForMoreWritesNothingBehindTheTarget(Code code) {
        setCode(code);
        for (int segment : new int[] {SHORT_SEGMENT, LONG_SEGMENT}) {
            for (int length = segment; length < segment + 20; length++) {
                set(0, slow(code, length + 100));
                Arrays.fill(streams, streams[0]);
                for (int shorter = 0; shorter < 4; shorter++) {
                    expectLate(4 * length - shorter);
                }
            }
        }
    }

    private void expectLate(int length) {
        for (int behind : new int[] {0, MARGIN}) {
            byte[] target = new byte[MARGIN + length + behind];
            Arrays.fill(target, CANARY);
            assertThat(decoder.decode4(concat(streams), boundaries(0), target, MARGIN, length))
                    .isEqualTo(StreamEnd.LATE);
            assertThat(target).startsWith(canaries());
            byte[] rest = Arrays.copyOfRange(target, MARGIN + length, target.length);
            assertThat(rest).isEqualTo(Arrays.copyOf(canaries(), behind));
        }
    }

    private static byte[] canaries() {
        byte[] canaries = new byte[MARGIN];
        Arrays.fill(canaries, CANARY);
        return canaries;
    }
}
