package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.github.huffhash.internal.zstd.Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileInfoTest {
    private static final byte[] SKIPPABLE = Frames.hex("5F 2A 4D 18 03 00 00 00 01 02 03");
    private static final CompressOptions SMALL_UNITS = CompressOptions.DEFAULT.withUnitBytes(1024);

    private final Random random = Seeds.random();
    private final byte[] content = Samples.skewed(random, 200_000, 100, 1.1);
    private final byte[] checked = Huffhash.compress(content, SMALL_UNITS);
    private final byte[] unchecked = Huffhash.compress(content, SMALL_UNITS.withoutChecksum());
    private final byte[] repetitions = new byte[300_000];

    private static FileInfo read(byte[]... parts) throws IOException {
        return FileInfo.read(new ProbedChannel(Frames.concat(parts)));
    }

    @Test
    void everyFrameIsCounted() throws IOException {
        assertThat(read(checked))
                .isEqualTo(
                        new FileInfo(1, 0, 1, checked.length, OptionalLong.of(200_000), List.of()));
        byte[] seekable = Huffhash.compress(content, CompressOptions.DEFAULT.seekable(64 << 10));
        byte[] empty = Huffhash.compress(new byte[0]);
        byte[] sequences = Zstd.compress(repetitions);
        byte[] planes = Huffhash.compress(content, CompressOptions.DEFAULT.withPlanes(4));
        long fileBytes =
                checked.length
                        + seekable.length
                        + unchecked.length
                        + empty.length
                        + sequences.length
                        + planes.length
                        + 2L * SKIPPABLE.length;
        assertThat(
                        read(
                                SKIPPABLE, checked, seekable, SKIPPABLE, unchecked, empty,
                                sequences, planes))
                .isEqualTo(
                        new FileInfo(9, 3, 7, fileBytes, OptionalLong.of(1_100_000), List.of(4)));
    }

    @Test
    void theListOfPlanesIsCopied() {
        List<Integer> planes = new ArrayList<>(List.of(2));
        var info = new FileInfo(1, 0, 0, 100, OptionalLong.of(50), planes);
        planes.add(4);
        assertThat(info.planes()).containsExactly(2);
    }

    @Test
    void theSizeOfAFrameThatDoesNotSayIsKnownUnlessItHasSequences() throws IOException {
        var own = new ByteArrayOutputStream();
        try (var out = new HuffhashOutputStream(own)) {
            out.write(content);
        }
        assertThat(read(own.toByteArray()).contentBytes()).hasValue(200_000);
        var foreign = new ByteArrayOutputStream();
        try (var out = new ZstdOutputStream(foreign)) {
            out.write(repetitions);
        }
        assertThat(read(foreign.toByteArray()).contentBytes()).isEmpty();
        assertThat(read(foreign.toByteArray(), checked).contentBytes()).isEmpty();
    }

    /** A frame with sequences that says how much content it has, by 8 bytes. */
    private static byte[] declaring(String size) {
        return Frames.hex("28 B5 2F FD E0 " + size + " 25 00 00 00 01 00 00");
    }

    @Test
    void sizesBeyondThoseOfALongAreUnknown() throws IOException {
        byte[] most = declaring("FF FF FF FF FF FF FF 7F");
        assertThat(read(most).contentBytes()).hasValue(Long.MAX_VALUE);
        assertThat(read(declaring("00 00 00 00 00 00 00 80")).contentBytes()).isEmpty();
        assertThat(read(most, checked).contentBytes()).isEmpty();
    }

    @Test
    void aFileThatEndsEarlyIsTruncatedWhereOneCallSaysItIs() throws IOException {
        byte[] raw = Huffhash.compress(Samples.skewed(random, 5000, 256, 1), SMALL_UNITS);
        byte[] file = Frames.concat(raw, SKIPPABLE, raw);
        for (int length = 1; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            if (length == raw.length || length == raw.length + SKIPPABLE.length) {
                assertThat(read(cut).frames()).isEqualTo(1);
            } else {
                var expected =
                        catchThrowableOfType(
                                HuffhashFormatException.class,
                                () -> Huffhash.decompress(cut, 10_000));
                assertThatThrownBy(() -> read(cut))
                        .isInstanceOf(HuffhashFormatException.class)
                        .hasMessage(expected.getMessage());
                assertThatThrownBy(() -> new HuffhashChannel(new ProbedChannel(cut)))
                        .isInstanceOf(HuffhashFormatException.class)
                        .hasMessage(expected.getMessage());
            }
        }
    }
}
