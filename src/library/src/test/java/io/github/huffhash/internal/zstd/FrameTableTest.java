package io.github.huffhash.internal.zstd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.io.channels.ByteArraySeekableByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seek tables as bytes. Frames are not looked at: zeros stand for them. */
class FrameTableTest {
    private static FrameTable table(boolean checksums) {
        var table = new FrameTable(checksums);
        table.add(100, 4_000_000_000L, 0xFEDC_BA98L);
        table.add(50, 0, 0);
        table.add(200, 7, 1);
        return table;
    }

    private static byte[] file(FrameTable table, int frameBytes) {
        return Frames.concat(new byte[frameBytes], table.toBytes());
    }

    private static Optional<FrameTable> find(byte[] file) throws IOException {
        return FrameTable.find(ByteArraySeekableByteChannel.wrap(file));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsWrittenIsFound(boolean checksums) throws IOException {
        byte[] file = file(table(checksums), 350);
        assertThat(file).hasSize(350 + 8 + 3 * (checksums ? 12 : 8) + 9);
        FrameTable found = find(file).orElseThrow();
        assertThat(found.frames()).isEqualTo(3);
        long[] compressed = {0, 100, 150, 350};
        long[] content = {0, 4_000_000_000L, 4_000_000_000L, 4_000_000_007L};
        for (int i = 0; i <= 3; i++) {
            assertThat(found.compressedStart(i)).isEqualTo(compressed[i]);
            assertThat(found.contentStart(i)).isEqualTo(content[i]);
        }
        long[] sums = {0xFEDC_BA98L, 0, 1};
        for (int i = 0; i < 3; i++) {
            assertThat(found.checksum(i))
                    .isEqualTo(checksums ? OptionalLong.of(sums[i]) : OptionalLong.empty());
        }
        assertThat(found.toBytes()).isEqualTo(Arrays.copyOfRange(file, 350, file.length));
    }

    @Test
    void tablesOfManyFramesGrow() throws IOException {
        for (int frames : new int[] {0, 1, 15, 16, 17, 1000, 4096, 4097, 9000}) {
            var table = new FrameTable(true);
            for (int i = 0; i < frames; i++) {
                table.add(10 + i, 2L * i, 3L * i);
            }
            FrameTable found = find(file(table, frames * (frames + 19) / 2)).orElseThrow();
            assertThat(found.frames()).isEqualTo(frames);
            assertThat(found.contentStart(frames)).isEqualTo((long) frames * (frames - 1));
            for (int i = 0; i < frames; i++) {
                assertThat(found.checksum(i)).hasValue(3L * i);
            }
        }
    }

    /** The end of a file may look like a table by chance. */
    @Test
    void aTableThatDoesNotFillItsFileIsNone() throws IOException {
        assertThat(find(file(table(true), 350))).isPresent();
        for (int frameBytes : new int[] {0, 349, 351}) {
            assertThat(find(file(table(true), frameBytes))).isEmpty();
        }
        byte[] cut = Arrays.copyOfRange(table(true).toBytes(), 1, 53);
        byte[] damaged = file(table(true), 350);
        damaged[350] ^= 1;
        byte[] otherSize = file(table(true), 350);
        otherSize[354] ^= 1;
        for (byte[] file : new byte[][] {cut, damaged, otherSize}) {
            assertThat(find(file)).isEmpty();
        }
        var impossible = new FrameTable(false);
        impossible.add(7, 1, 0); // less than any frame has
        impossible.add(93, 1, 0);
        assertThat(find(file(impossible, 100))).isEmpty();
    }

    @Test
    void whatIsNoFooterIsNotTakenForOne() throws IOException {
        byte[] bytes = new FrameTable(false).toBytes();
        int footer = bytes.length - FrameTable.FOOTER_BYTES;
        assertThat(find(bytes)).isPresent();
        for (int i : new int[] {3, 5, 8}) { // count, magic number
            byte[] wrong = bytes.clone();
            wrong[footer + i] ^= (byte) 0x80;
            assertThat(find(wrong)).isEmpty();
        }
        bytes[footer + 4] |= 4; // reserved
        assertThat(find(bytes)).isEmpty();
        assertThat(find(new byte[8])).isEmpty();
    }
}
