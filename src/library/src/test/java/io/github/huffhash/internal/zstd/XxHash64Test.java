package io.github.huffhash.internal.zstd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdCompressCtx;
import io.github.huffhash.Seeds;
import io.github.huffhash.internal.bits.LittleEndian;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** The input of the published vectors, as xxHash's sanity check makes it. */
    private static byte[] sanityBuffer(int length) {
        byte[] bytes = new byte[length];
        long generator = 2_654_435_761L;
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (generator >>> 56);
            generator *= 0x9E37_79B1_85EB_CA8DL;
        }
        return bytes;
    }

    /** Seed 0, from XSUM_XXH64_testdata of xxHash 0.8.2. */
    @ParameterizedTest
    @CsvSource({
        "0, EF46DB3751D8E999",
        "1, E934A84ADB052768",
        "2, 5D48CD60A77E23FF",
        "3, FF7E1959CB50794A",
        "4, 9136A0DCA57457EE",
        "8, CDBCF538E71D1348",
        "9, 554B1AE991EDA6B6",
        "14, 8282DCC4994E35C8",
        "16, 98C90B57FDFCB55C",
        "17, 0D39A2D051A30C2C",
        "31, 299B39A290E6D783",
        "32, 18B216492BB44B70",
        "33, 55C8DC3E578F5B59",
        "64, EF558F8ACAC2B5CD",
        "100, 4BFE019CD91D9EA4",
        "128, 90CA021457D96DC5",
        "129, 41C280132D697ABA",
        "222, B641AE8CB691C174",
        "240, B81838D483BAEE53",
        "241, 95D76C8B4D8FC4D6",
        "256, 5E3F5BF94D574981",
        "512, 4358D2FDD62B58A7",
        "4096, AB77F4AF85F4E70B",
        "4160, EEE6A4E2AC952A5E",
    })
    void givesThePublishedValuesOfTheSanityBuffer(int length, String expected) {
        byte[] bytes = Frames.concat(new byte[3], sanityBuffer(length), new byte[5]);
        assertThat(XxHash64.hash(bytes, 3, length)).isEqualTo(Long.parseUnsignedLong(expected, 16));
    }

    /** Its low half is what a frame of libzstd ends with. */
    @Test
    void checksumsAreThoseOfLibzstd() {
        Random random = Seeds.random();
        try (var context = new ZstdCompressCtx()) {
            context.setChecksum(true);
            for (int length = 0; length < 400; length++) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                byte[] frame = context.compress(bytes);
                assertThat(XxHash64.checksum(bytes, 0, length))
                        .as("length %d", length)
                        .isEqualTo(LittleEndian.get32(frame, frame.length - 4));
            }
        }
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
