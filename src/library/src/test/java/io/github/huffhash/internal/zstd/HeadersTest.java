package io.github.huffhash.internal.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.internal.bits.LittleEndian;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HeadersTest {
    private static InputBuffer input(byte[] bytes) {
        return new InputBuffer(bytes, bytes.length, 0);
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
            int number = type == LiteralsHeader.Type.RAW ? 0 : 1;
            int format = bytes == 1 ? 0 : 2 * bytes - 3;
            byte[] target = new byte[4];
            LittleEndian.put32(
                    target, 0, (long) size << (bytes == 1 ? 3 : 4) | format << 2 | number);
            int stored = type == LiteralsHeader.Type.RLE ? 1 : size;
            assertThat(LiteralsHeader.read(input(target), 0, bytes))
                    .isEqualTo(new LiteralsHeader(type, 1, size, stored, bytes));
            assertThatThrownBy(() -> LiteralsHeader.read(input(target), 0, bytes - 1))
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
            assertThat(LiteralsHeader.read(input(target), 0, bytes)).isEqualTo(header);
            assertThatThrownBy(() -> LiteralsHeader.read(input(target), 0, bytes - 1))
                    .hasMessageContaining("ends within its literals header");
        }
    }

    @Test
    void aNeedlesslyLongPlainHeaderIsRead() throws ZstdFormatException {
        // format 2 is the 1-byte form as well as format 0
        assertThat(LiteralsHeader.read(input(new byte[] {5 << 3 | 2 << 2}), 0, 1))
                .isEqualTo(new LiteralsHeader(LiteralsHeader.Type.RAW, 1, 5, 5, 1));
    }

    @ParameterizedTest
    @EnumSource(BlockHeader.Type.class)
    void blockHeaders(BlockHeader.Type type) throws ZstdFormatException {
        byte[] target = new byte[4];
        for (int size : new int[] {0, 1, 131_072, (1 << 21) - 1}) {
            for (boolean last : new boolean[] {false, true}) {
                var header = new BlockHeader(last, type, size);
                header.write(target, 1);
                assertThat(BlockHeader.read(input(target), 1)).isEqualTo(header);
                BlockHeader.markLast(target, 1);
                assertThat(BlockHeader.read(input(target), 1))
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
            assertThat(FrameHeader.write(content, checksum, 1, target, 0)).isEqualTo(bytes);
            assertThat(FrameHeader.read(input(target), 0))
                    .isEqualTo(new FrameHeader(128 << 10, content, checksum, 1, bytes));
            assertThatThrownBy(() -> FrameHeader.read(new InputBuffer(target, bytes - 1, 0), 0))
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
        var header = FrameHeader.read(input(Frames.hex("28 B5 2F FD " + hex)), 0);
        assertThat(header.windowBytes()).isEqualTo(window);
        assertThat(header.contentSize().orElse(-1)).isEqualTo(size);
        assertThat(header.bytes()).isEqualTo(bytes);
    }

    @Test
    void theLastOfSomeBlocksIsFoundByTheirHeaders() {
        byte[] raw = Frames.hex("10 00 00 01 02"); // 2 bytes
        byte[] rle = Frames.hex("FA FF 03 55"); // many of one
        byte[] compressed = Frames.hex("24 00 00 11 22 33 44");
        byte[] all = Frames.concat(new byte[1], raw, rle, compressed, raw, rle);
        assertThat(BlockHeader.lastOf(all, 1, 5)).isEqualTo(1);
        assertThat(BlockHeader.lastOf(all, 1, 9)).isEqualTo(6);
        assertThat(BlockHeader.lastOf(all, 1, 16)).isEqualTo(10);
        assertThat(BlockHeader.lastOf(all, 1, 25)).isEqualTo(22);
        assertThat(BlockHeader.lastOf(all, 6, 11)).isEqualTo(10);
        for (int length : new int[] {0, 1, 4, 6, 8, 10, 24}) {
            assertThatThrownBy(() -> BlockHeader.lastOf(all, 1, length))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
