package io.github.huffhash.internal.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    private static Chunk chunk(byte[] bytes) {
        return new Chunk(bytes, bytes.length, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "31, 1",
        "32, 2",
        "4095, 2",
        "4096, 3",
        "131072, 3",
        "1048575, 3",
    })
    void plainLiteralsHeaders(int size, int bytes) throws ZstdFormatException {
        for (var type : List.of(LiteralsHeader.Type.RAW, LiteralsHeader.Type.RLE)) {
            var header = LiteralsHeader.plain(type, size);
            byte[] target = new byte[5];
            header.write(target, 0);
            assertThat(header.bytes()).isEqualTo(bytes);
            assertThat(LiteralsHeader.read(chunk(target), 0, bytes)).isEqualTo(header);
            assertThatThrownBy(() -> LiteralsHeader.read(chunk(target), 0, bytes - 1))
                    .isInstanceOf(ZstdFormatException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 3",
        "1, 1023, 1023, 3",
        "4, 6, 5, 3",
        "4, 1023, 1000, 3",
        "4, 1024, 12, 4",
        "4, 16383, 16383, 4",
        "4, 16384, 100, 5",
        "4, 131072, 131071, 5",
        "4, 262143, 262143, 5",
    })
    void huffmanLiteralsHeaders(int streams, int size, int stored, int bytes)
            throws ZstdFormatException {
        for (var type : List.of(LiteralsHeader.Type.COMPRESSED, LiteralsHeader.Type.TREELESS)) {
            var header = LiteralsHeader.huffman(type, streams, size, stored);
            byte[] target = new byte[5];
            header.write(target, 0);
            assertThat(header.bytes()).isEqualTo(bytes);
            assertThat(LiteralsHeader.read(chunk(target), 0, bytes)).isEqualTo(header);
            assertThatThrownBy(() -> LiteralsHeader.read(chunk(target), 0, bytes - 1))
                    .hasMessageContaining("ends within its literals header");
        }
    }

    @Test
    void aNeedlesslyLongPlainHeaderIsRead() throws ZstdFormatException {
        // format 2 is the 1-byte form as well as format 0
        assertThat(LiteralsHeader.read(chunk(new byte[] {5 << 3 | 2 << 2}), 0, 1))
                .isEqualTo(LiteralsHeader.plain(LiteralsHeader.Type.RAW, 5));
    }

    @ParameterizedTest
    @EnumSource(BlockHeader.Type.class)
    void blockHeaders(BlockHeader.Type type) throws ZstdFormatException {
        byte[] target = new byte[4];
        for (int size : new int[] {0, 1, 131_072, (1 << 21) - 1}) {
            for (boolean last : new boolean[] {false, true}) {
                var header = new BlockHeader(last, type, size);
                header.write(target, 1);
                assertThat(BlockHeader.read(chunk(target), 1)).isEqualTo(header);
                BlockHeader.markLast(target, 1);
                assertThat(BlockHeader.read(chunk(target), 1))
                        .isEqualTo(new BlockHeader(true, type, size));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10",
        "255, 10",
        "256, 8",
        "65791, 8",
        "65792, 10",
        "4294967295, 10",
        "4294967296, 14",
        "9000000000000000000, 14",
        "-1, 6",
    })
    void frameHeaders(long size, int bytes) throws ZstdFormatException {
        byte[] target = new byte[FrameHeader.MAX_BYTES];
        var content = size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
        for (boolean checksum : new boolean[] {false, true}) {
            assertThat(FrameHeader.write(content, checksum, target, 0)).isEqualTo(bytes);
            assertThat(FrameHeader.read(chunk(target), 0))
                    .isEqualTo(new FrameHeader(128 << 10, content, checksum, bytes));
            assertThatThrownBy(() -> FrameHeader.read(new Chunk(target, bytes - 1, 0), 0))
                    .hasMessageContaining("truncated in a frame header");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "20 07, 7, 7, 6", // single segment: 1 byte of size, which is the window
        "60 07 01, 519, 519, 7",
        "A0 07 01 00 00, 263, 263, 9",
        "E0 07 01 00 00 00 00 00 00, 263, 263, 13",
        "00 03, 1408, -1, 6", // mantissa 3
        "13 50 00 00 00 00, 1048576, -1, 10", // the unused bit, dictionary 0 in 4 bytes
        "21 00 07, 7, 7, 7",
        "22 00 00 07, 7, 7, 8",
    })
    void foreignFrameHeaders(String hex, long window, long size, int bytes)
            throws ZstdFormatException {
        var header = FrameHeader.read(chunk(Frames.hex("28 B5 2F FD " + hex)), 0);
        assertThat(header.windowBytes()).isEqualTo(window);
        assertThat(header.contentSize().orElse(-1)).isEqualTo(size);
        assertThat(header.bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void seekTables(boolean checksums) throws ZstdFormatException {
        var table =
                new SeekTable(
                        List.of(
                                frame(100, 4_000_000_000L, checksums),
                                frame(50, 0, checksums),
                                frame(3_000_000_000L, 7, checksums)));
        byte[] bytes = table.toBytes();
        var footer =
                SeekTable.Footer.find(bytes, bytes.length - SeekTable.FOOTER_BYTES).orElseThrow();
        assertThat(footer).isEqualTo(new SeekTable.Footer(3, checksums));
        assertThat(footer.tableBytes()).isEqualTo(bytes.length);
        var chunk = new Chunk(bytes, bytes.length, 3_000_000_150L);
        assertThat(SeekTable.read(chunk, footer)).isEqualTo(table);

        assertThatThrownBy(() -> SeekTable.read(new Chunk(bytes, bytes.length, 10), footer))
                .hasMessageContaining("do not fill the file");
        assertThatThrownBy(() ->
                        SeekTable.read(chunk(Arrays.copyOfRange(bytes, 1, bytes.length)), footer))
                .hasMessageContaining("larger than the file");
        bytes[0] ^= 1;
        assertThatThrownBy(() -> SeekTable.read(chunk, footer))
                .hasMessageContaining("no seek table where");
    }

    private static SeekTable.Frame frame(long compressed, long decompressed, boolean checksum) {
        return new SeekTable.Frame(
                compressed,
                decompressed,
                checksum ? OptionalLong.of(0xFEDC_BA98L) : OptionalLong.empty());
    }

    @Test
    void whatIsNoSeekTableIsNotTakenForOne() {
        byte[] bytes = new SeekTable(List.of()).toBytes();
        int footer = bytes.length - SeekTable.FOOTER_BYTES;
        for (int i : new int[] {3, 5, 8}) { // count, magic number
            byte[] wrong = bytes.clone();
            wrong[footer + i] ^= (byte) 0x80;
            assertThat(SeekTable.Footer.find(wrong, footer)).isEmpty();
        }
        bytes[footer + 4] |= 4; // reserved
        assertThat(SeekTable.Footer.find(bytes, footer)).isEmpty();
    }
}
