package io.github.huffhash.internal.zstd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Huffhash;
import io.github.huffhash.Samples;
import io.github.huffhash.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileDecoderTest {
    private final Random random = Seeds.random();

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
