package io.github.huffhash.zstd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.github.huffhash.Huffhash;
import io.github.huffhash.Samples;
import io.github.huffhash.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDecoderTest {
    /** A file far beyond what any of these tests decodes. */
    private static final int MAX_BYTES = 64 << 20;

    private final Random random = Seeds.random();

    private static byte[] decode(byte[] file) throws ZstdFormatException {
        return FileDecoder.decode(file, MAX_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 255, 256, 1023, 1024, 5000, 16_384, 100_000, 131_072, 500_000})
    void framesOfTheReferenceImplementationAreRead(int length) throws ZstdFormatException {
        int read = 0;
        for (double skew : new double[] {1, 1.01, 1.02, 1.03, 1.05}) {
            for (int alphabet : new int[] {120, 140, 200, 256}) {
                byte[] content = Samples.skewed(random, length, alphabet, skew);
                try (var context = new ZstdCompressCtx()) {
                    context.setLevel(1).setChecksum(random.nextBoolean());
                    context.setContentSize(random.nextBoolean());
                    byte[] file = context.compress(content);
                    try {
                        assertThat(decode(file)).isEqualTo(content);
                        read++;
                    } catch (ZstdFormatException e) {
                        assertThat(e).hasMessageContaining("use zstd -d");
                    }
                }
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void treelessBlocksOfTheReferenceImplementationAreRead() throws ZstdFormatException {
        byte[] content = Samples.skewed(random, 6 * 131_072, 250, 1.02);
        byte[] file = Zstd.compress(content, 1);
        var chunk = new Chunk(file, file.length, 0);
        FrameHeader frame = FrameHeader.read(chunk, 0);
        int treeless = 0;
        int at = frame.bytes();
        boolean last = false;
        while (!last) {
            var outline = BlockOutline.read(chunk, at, frame.maxBlockBytes());
            treeless += outline.treeless() ? 1 : 0;
            at += outline.bytes();
            last = outline.header().last();
        }
        assertThat(treeless).isPositive();
        assertThat(decode(file)).isEqualTo(content);
    }

    @Test
    void realFramesWithSequencesAreRefusedByName() {
        byte[] content =
                "again and again and again and again and again".repeat(50).getBytes(US_ASCII);
        assertThatThrownBy(() -> decode(Zstd.compress(content, 3)))
                .isInstanceOf(ZstdFormatException.class)
                .hasMessageContaining("use zstd -d");
    }

    /** What parallel readers do: find the blocks first, a few bytes at a time. */
    @Test
    void blocksCanBeFoundByHoppingAndDecodedInAnyOrder() throws ZstdFormatException {
        byte[] content = Samples.skewed(random, 5 * 131_072 + 1000, 100, 1.1);
        byte[] file = Huffhash.compress(content);
        var whole = new Chunk(file, file.length, 0);
        FrameHeader frame = FrameHeader.read(whole, 0);
        List<Integer> places = new ArrayList<>();
        int at = frame.bytes();
        int length = 0;
        boolean last = false;
        while (!last) {
            places.add(at);
            byte[] peeked = Arrays.copyOfRange(file, at, at + BlockOutline.PEEK_BYTES);
            var chunk = new Chunk(peeked, peeked.length, at);
            var outline = BlockOutline.read(chunk, 0, frame.maxBlockBytes());
            length += outline.regeneratedSize();
            at += outline.bytes();
            last = outline.header().last();
        }
        assertThat(at + FrameHeader.CHECKSUM_BYTES).isEqualTo(file.length);
        assertThat(length).isEqualTo(content.length);

        byte[] decoded = new byte[length];
        int to = length;
        for (int place : places.reversed()) {
            var outline = BlockOutline.read(whole, place, frame.maxBlockBytes());
            to -= outline.regeneratedSize();
            new BlockDecoder().decode(whole, place, outline, decoded, to);
        }
        assertThat(decoded).isEqualTo(content);
    }
}
