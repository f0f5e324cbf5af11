package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.zstd.Frames;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Skippable frames are those of 16 magic numbers, 0x184D2A50 to 0x184D2A5F (RFC 8878, 3.1.2). */
class SkippableFramesTest {
    private final byte[] frame = new HandmadeFrame().raw((byte) 1, (byte) 2).checked();

    private static byte[] skippable(long magic, int contentBytes) {
        byte[] bytes = new byte[8 + contentBytes];
        LittleEndian.put32(bytes, 0, magic);
        LittleEndian.put32(bytes, 4, contentBytes);
        return bytes;
    }

    @Test
    void allSixteenKindsArePassedOver() throws IOException {
        for (long magic = 0x184D_2A50L; magic <= 0x184D_2A5FL; magic++) {
            for (int contentBytes : new int[] {0, 1, 1000}) {
                byte[] skipped = skippable(magic, contentBytes);
                byte[] file = Frames.concat(skipped, frame, skipped);
                assertThat(Decoders.all(file, 2)).containsExactly(1, 2);
                try (var channel = new HuffhashChannel(new ProbedChannel(file))) {
                    assertThat(channel.size()).isEqualTo(2);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0x184D_2A4FL, 0x184D_2A60L, 0x184D_2AD0L, 0x084D_2A50L})
    void theNumbersBesideThemAreNot(long magic) {
        byte[] other = skippable(magic, 10);
        refused(Frames.concat(other, frame), 0, "not a Zstandard file: wrong magic number");
        refused(Frames.concat(frame, other), frame.length, "unexpected data after the last frame");
    }

    private static void refused(byte[] file, long offset, String reason) {
        assertThatThrownBy(() -> Decoders.all(file, 100))
                .isInstanceOfSatisfying(
                        HuffhashFormatException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(reason);
                            assertThat(e.offset()).isEqualTo(offset);
                        });
        assertThatThrownBy(() -> new HuffhashChannel(new ProbedChannel(file)))
                .isInstanceOf(HuffhashFormatException.class);
    }
}
