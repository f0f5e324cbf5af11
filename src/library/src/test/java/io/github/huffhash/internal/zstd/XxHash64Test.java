package io.github.huffhash.internal.zstd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class XxHash64Test {
    private static long hash(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return XxHash64.hash(bytes, 0, bytes.length);
    }

    @Test
    void givesThePublishedValues() {
        assertThat(hash("")).isEqualTo(0xEF46_DB37_51D8_E999L);
        assertThat(hash("a")).isEqualTo(0xD24E_C4F1_A98C_6E5BL);
        assertThat(hash("abc")).isEqualTo(0x44BC_2CF5_AD77_0999L);
    }

    @Test
    void piecesGiveTheHashOfTheWhole() {
        Random random = Seeds.random();
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            var pieces = new XxHash64();
            int at = 0;
            while (at < length) {
                int size = 1 + random.nextInt(Math.min(70, length - at));
                pieces.update(bytes, at, size);
                at += size;
            }
            assertThat(pieces.value()).isEqualTo(XxHash64.hash(bytes, 0, length));
        }
    }
}
