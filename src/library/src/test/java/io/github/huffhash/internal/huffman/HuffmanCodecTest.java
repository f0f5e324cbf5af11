package io.github.huffhash.internal.huffman;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Samples;
import io.github.huffhash.Seeds;
import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.huffman.HuffmanDecoder.StreamEnd;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuffmanCodecTest {
    private final Random random = Seeds.random();
    private final HuffmanEncoder encoder = new HuffmanEncoder();
    private final HuffmanDecoder decoder = new HuffmanDecoder();
    private final byte[] lengths = new byte[256];

    private byte[] sample(int length) {
        int alphabet = 2 + random.nextInt(Math.min(length - 1, 255));
        byte[] bytes = Samples.skewed(random, length, alphabet, 1 + random.nextDouble());
        setCode(bytes);
        return bytes;
    }

    private void setCode(byte[] bytes) {
        new CodeLengths().build(Samples.counts(bytes), lengths);
        encoder.setCode(lengths);
        decoder.setCode(lengths);
    }

    private byte[] encode1(byte[] bytes) {
        byte[] target = new byte[2 * bytes.length + 16];
        return Arrays.copyOf(target, encoder.encode1(bytes, 0, bytes.length, target, 0));
    }

    private byte[] encode4(byte[] bytes) {
        byte[] target = new byte[2 * bytes.length + 32];
        return Arrays.copyOf(target, encoder.encode4(bytes, 0, bytes.length, target, 0));
    }

    private static int[] boundaries(byte[] streams) {
        int[] boundaries = {HuffmanEncoder.JUMP_TABLE_BYTES, 0, 0, 0, streams.length};
        for (int stream = 0; stream < 3; stream++) {
            boundaries[stream + 1] = boundaries[stream] + LittleEndian.get16(streams, 2 * stream);
        }
        return boundaries;
    }

    @Test
    void streamsAreThoseOfThePlainEncoderAndBothDecodersReadThem() {
        for (int length = 2; length < 300; length++) {
            byte[] bytes = sample(length);
            byte[] stream = encode1(bytes);
            assertThat(stream).isEqualTo(PlainHuffman.encode(lengths, bytes, 0, length));
            byte[] decoded = new byte[length];
            for (int wide : new int[] {0, Integer.MAX_VALUE}) {
                decoder.prepare(wide);
                Arrays.fill(decoded, (byte) 0);
                assertThat(decoder.decode1(stream, 0, stream.length, decoded, 0, length))
                        .isEqualTo(StreamEnd.EXACT);
                assertThat(decoded).isEqualTo(bytes);
            }
            assertThat(PlainHuffman.decode(lengths, stream, length)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                6, 7, 8, 9, 10, 11, 12, 100, 255, 256, 257, 400, 401, 1000, 20_000, 131_071, 131_072
            })
    void fourStreamsAreThoseOfThePlainEncoder(int length) {
        byte[] bytes = sample(length);
        byte[] streams = encode4(bytes);
        int[] boundaries = boundaries(streams);
        int segment = (length + 3) / 4;
        for (int stream = 0; stream < 4; stream++) {
            int to = stream == 3 ? length : (stream + 1) * segment;
            byte[] plain = PlainHuffman.encode(lengths, bytes, stream * segment, to);
            assertThat(Arrays.copyOfRange(streams, boundaries[stream], boundaries[stream + 1]))
                    .isEqualTo(plain);
            if (length <= 1000) {
                assertThat(PlainHuffman.decode(lengths, plain, to - stream * segment))
                        .isEqualTo(Arrays.copyOfRange(bytes, stream * segment, to));
            }
        }
        byte[] decoded = new byte[length + 2];
        assertThat(decoder.decode4(streams, boundaries, decoded, 1, length))
                .isEqualTo(StreamEnd.EXACT);
        assertThat(Arrays.copyOfRange(decoded, 1, length + 1)).isEqualTo(bytes);
        assertThat(decoded[0]).isZero();
        assertThat(decoded[length + 1]).isZero();
    }

    @Test
    void streamsOfVeryDifferentLengthsAreRead() {
        byte[] bytes = new byte[40_000];
        Arrays.fill(bytes, (byte) 9);
        for (int i = 10_000; i < 20_000; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        setCode(bytes);
        byte[] streams = encode4(bytes);
        byte[] decoded = new byte[bytes.length];
        assertThat(decoder.decode4(streams, boundaries(streams), decoded, 0, bytes.length))
                .isEqualTo(StreamEnd.EXACT);
        assertThat(decoded).isEqualTo(bytes);
    }

    @Test
    void symbolsOfFewBitsAreReadInAllLengths() {
        for (int length = 3800; length < 4100; length++) { // about where cells get several symbols
            byte[] bytes = Samples.skewed(random, length, 5, 2);
            setCode(bytes);
            byte[] streams = encode4(bytes);
            byte[] decoded = new byte[length + 2];
            assertThat(decoder.decode4(streams, boundaries(streams), decoded, 1, length))
                    .isEqualTo(StreamEnd.EXACT);
            assertThat(Arrays.copyOfRange(decoded, 1, length + 1)).isEqualTo(bytes);
            assertThat(decoded[0]).isZero();
            assertThat(decoded[length + 1]).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void eachStreamOfFewBitsASymbolMustEndExactly(int stream) {
        byte[] bytes = Samples.skewed(random, 20_000, 3, 2);
        setCode(bytes);
        byte[] streams = encode4(bytes);
        byte[] decoded = new byte[bytes.length + 4];
        assertThat(decoder.decode4(streams, boundaries(streams), decoded, 0, bytes.length + 4))
                .isNotEqualTo(StreamEnd.EXACT);
        assertThat(decoder.decode4(streams, boundaries(streams), decoded, 0, bytes.length - 4))
                .isNotEqualTo(StreamEnd.EXACT);
        int[] boundaries = boundaries(streams);
        byte[] damaged = streams.clone();
        damaged[boundaries[stream]] ^= 1; // the stream's last bit
        StreamEnd end = decoder.decode4(damaged, boundaries, decoded, 0, bytes.length);
        assertThat(
                        end == StreamEnd.EXACT
                                && Arrays.equals(decoded, 0, bytes.length, bytes, 0, bytes.length))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 400, 5000})
    void aStreamMustEndExactly(int length) {
        byte[] bytes = sample(length);
        byte[] stream = encode1(bytes);
        byte[] decoded = new byte[length + 1];
        assertThat(decoder.decode1(stream, 0, stream.length, decoded, 0, length + 1))
                .isEqualTo(StreamEnd.EARLY);
        assertThat(decoder.decode1(stream, 0, stream.length, decoded, 0, length - 1))
                .isEqualTo(StreamEnd.LATE);
        assertThat(decoder.decode1(stream, 1, 1, decoded, 0, length)).isEqualTo(StreamEnd.EMPTY);
        stream[stream.length - 1] = 0;
        assertThat(decoder.decode1(stream, 0, stream.length, decoded, 0, length))
                .isEqualTo(StreamEnd.NO_END_MARK);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void eachOfFourStreamsMustEndExactly(int stream) {
        byte[] bytes = sample(3000);
        byte[] streams = encode4(bytes);
        int[] boundaries = boundaries(streams);
        byte[] decoded = new byte[bytes.length];
        byte[] marked = streams.clone();
        marked[boundaries[stream + 1] - 1] = 0;
        assertThat(decoder.decode4(marked, boundaries, decoded, 0, bytes.length))
                .isEqualTo(StreamEnd.NO_END_MARK);
        // a byte more at the beginning of the stream
        byte[] longer = new byte[streams.length + 1];
        System.arraycopy(streams, 0, longer, 0, boundaries[stream]);
        System.arraycopy(
                streams,
                boundaries[stream],
                longer,
                boundaries[stream] + 1,
                streams.length - boundaries[stream]);
        int[] moved = boundaries.clone();
        for (int i = stream + 1; i < 5; i++) {
            moved[i]++;
        }
        assertThat(decoder.decode4(longer, moved, decoded, 0, bytes.length))
                .isEqualTo(StreamEnd.LATE);
        // a byte less
        moved = boundaries.clone();
        moved[stream]++;
        if (stream == 0) {
            assertThat(decoder.decode4(streams, moved, decoded, 0, bytes.length))
                    .isEqualTo(StreamEnd.EARLY);
        }
        moved = boundaries.clone();
        moved[stream + 1] = moved[stream];
        assertThat(decoder.decode4(streams, moved, decoded, 0, bytes.length))
                .isEqualTo(StreamEnd.EMPTY);
    }

    @Test
    void aNewCodeLeavesNothingOfTheLastOne() {
        setCode(Samples.fibonacci(18));
        byte[] bytes = sample(5000);
        byte[] decoded = new byte[bytes.length];
        byte[] stream = encode1(bytes);
        decoder.decode1(stream, 0, stream.length, decoded, 0, bytes.length);
        assertThat(decoded).isEqualTo(bytes);
        assertThat(stream).isEqualTo(PlainHuffman.encode(lengths, bytes, 0, bytes.length));
    }
}
