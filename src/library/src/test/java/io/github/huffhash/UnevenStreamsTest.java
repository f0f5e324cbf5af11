package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.internal.huffman.HuffmanEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid blocks whose streams have very different numbers of bits, read by every decoder. */
class UnevenStreamsTest {
    private static final int FIRST = 100;

    /** Symbol 100 has a code of 1 bit, 101 of 2 bits, and so on; 110 and 111 of 11 bits. */
    private static byte[] lengths() {
        byte[] lengths = new byte[256];
        for (int bits = 1; bits <= 11; bits++) {
            lengths[FIRST + bits - 1] = (byte) bits;
        }
        lengths[FIRST + 11] = 11;
        return lengths;
    }

    /**
     * A block in which one stream has one bit for each symbol but its last few, which have eleven.
     */
    private static void add(HandmadeFrame frame, int fast, int segment, int longest) {
        var encoder = new HuffmanEncoder();
        encoder.setCode(lengths());
        byte[] literals = new byte[4 * segment];
        byte[][] streams = new byte[4][];
        for (int stream = 0; stream < 4; stream++) {
            int from = stream * segment;
            int to = from + segment;
            for (int i = from; i < to; i++) {
                literals[i] = (byte) (stream == fast ? FIRST : FIRST + 2 + (i & 1));
            }
            if (stream == fast) {
                Arrays.fill(literals, to - longest, to, (byte) (FIRST + 11));
            }
            byte[] target = new byte[2 * segment + 16];
            int end = encoder.encode1(literals, from, segment, target, 0);
            streams[stream] = Arrays.copyOf(target, end);
        }
        frame.huffman(lengths(), literals, streams);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 1000, 2000, 5003})
    void areReadByEveryDecoder(int segment) throws IOException {
        var frame = new HandmadeFrame();
        for (int fast = 0; fast < 4; fast++) {
            for (int longest = 0; longest < 30; longest++) {
                add(frame, fast, segment, longest);
            }
        }
        byte[] content = frame.content();
        for (byte[] file : new byte[][] {frame.bytes(), frame.checked()}) {
            try (var libzstd = new Libzstd(content.length)) {
                assertThat(libzstd.decode(file)).hasValue(content);
            }
            assertThat(Decoders.all(file, content.length)).isEqualTo(content);
            try (var channel = new HuffhashChannel(new ProbedChannel(file))) {
                var target = ByteBuffer.allocate(content.length);
                assertThat(channel.read(target)).isEqualTo(content.length);
                assertThat(target.array()).isEqualTo(content);
            }
        }
    }
}
