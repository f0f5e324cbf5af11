package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.internal.zstd.Chunk;
import io.github.huffhash.internal.zstd.SeekTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HuffhashTest {
    private final Random random = Seeds.random();

    @Test
    void onlyTheFirstBytesOfAUnitsBlocksDifferWhenItIsTheLast() {
        byte[] content = Samples.skewed(random, 3 * 131_072, 100, 1.1);
        byte[] all = Huffhash.compress(content);
        byte[] first = Huffhash.compress(Arrays.copyOf(content, 131_072));
        int header = 10;
        assertThat(Arrays.copyOfRange(all, header + 1, first.length - 4))
                .isEqualTo(Arrays.copyOfRange(first, header + 1, first.length - 4));
    }

    @Test
    void aSeekableFileHasAFrameForEverySlice() throws IOException {
        byte[] content = Samples.skewed(random, 200_000, 100, 1.1);
        byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.seekable(65_536));
        var footer =
                SeekTable.Footer.find(file, file.length - SeekTable.FOOTER_BYTES).orElseThrow();
        var table = SeekTable.read(new Chunk(file, file.length, 0), footer);
        assertThat(table.frames()).hasSize(4);
        int at = 0;
        int from = 0;
        for (SeekTable.Frame frame : table.frames()) {
            byte[] slice = Arrays.copyOfRange(file, at, at + (int) frame.compressedBytes());
            int size = (int) frame.decompressedBytes();
            assertThat(Huffhash.decompress(slice, size))
                    .isEqualTo(Arrays.copyOfRange(content, from, from + size));
            at += slice.length;
            from += size;
        }
        assertThat(from).isEqualTo(content.length);
    }

    @Test
    void noMoreThanAllowedComesOut() {
        byte[] file = Huffhash.compress(new byte[1000]);
        assertThatThrownBy(() -> Huffhash.decompress(file, 999))
                .isInstanceOf(HuffhashFormatException.class)
                .hasMessageContaining("more than the 999 bytes allowed");
    }

    @Test
    void aNegativeLimitIsRefused() {
        byte[] file = Huffhash.compress(new byte[1000]);
        assertThatThrownBy(() -> Huffhash.decompress(file, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        var options = CompressOptions.DEFAULT;
        for (int bytes : new int[] {0, 1023, 131_073}) {
            assertThatThrownBy(() -> options.withUnitBytes(bytes))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int bytes : new int[] {0, 65_535, (8 << 20) + 1}) {
            assertThatThrownBy(() -> options.seekable(bytes))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
