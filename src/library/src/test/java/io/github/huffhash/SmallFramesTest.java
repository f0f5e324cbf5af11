package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files of very many frames. */
class SmallFramesTest {
    private static final int FRAMES = 20_000;

    private final Random random = Seeds.random();

    @Test
    void tensOfThousandsOfFramesOfEachKindAreOneContent() throws IOException {
        for (int length : new int[] {1, 30, 200}) {
            var content = new ByteArrayOutputStream();
            var file = new ByteArrayOutputStream();
            for (int i = 0; i < FRAMES; i++) {
                byte[] part = Samples.skewed(random, length, 12, 1.3);
                content.writeBytes(part);
                file.writeBytes(Huffhash.compress(part));
            }
            byte[] all = content.toByteArray();
            assertThat(Decoders.all(file.toByteArray(), all.length)).isEqualTo(all);
            try (var channel = new HuffhashChannel(new ProbedChannel(file.toByteArray()))) {
                assertThat(channel.size()).isEqualTo(all.length);
            }
            try (var in = new HuffhashInputStream(new ByteArrayInputStream(file.toByteArray()))) {
                in.skipNBytes(all.length - 1L);
                assertThat(in.read()).isEqualTo(all[all.length - 1] & 0xFF);
                assertThat(in.read()).isEqualTo(-1);
            }
        }
    }
}
