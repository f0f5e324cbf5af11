package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.zstd.Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where in the file something is wrong, as a channel says it; files that change. */
class ChannelErrorsTest {
    private static final int FRAME_BYTES = 100_000;
    private static final int BLOCK_BYTES = 10_000;
    private static final CompressOptions SEEKABLE = CompressOptions.DEFAULT.seekable(FRAME_BYTES);

    private final Random random = Seeds.random();
    private final byte[] content = Samples.skewed(random, 450_000, 100, 1.1);

    private static int read(HuffhashChannel channel, long position) throws IOException {
        return channel.position(position).read(ByteBuffer.allocate(1));
    }

    /** What goes wrong when a byte of the content is read. */
    private static HuffhashFormatException failure(byte[] file, long position) {
        return catchThrowableOfType(
                HuffhashFormatException.class,
                () -> {
                    try (var channel = new HuffhashChannel(new ProbedChannel(file))) {
                        read(channel, position);
                    }
                });
    }

    private static HuffhashFormatException failureOfOneCall(byte[] file) {
        return catchThrowableOfType(
                HuffhashFormatException.class, () -> Huffhash.decompress(file, 1 << 20));
    }

    /** Where the frames of a seekable file begin, and where its table does, by the table. */
    private static int[] frameOffsets(byte[] file) {
        int frames = (int) LittleEndian.get32(file, file.length - 9);
        int[] offsets = new int[frames + 1];
        int at = file.length - 9 - 12 * frames;
        for (int i = 0; i < frames; i++, at += 12) {
            offsets[i + 1] = offsets[i] + (int) LittleEndian.get32(file, at);
        }
        return offsets;
    }

    private static int entry(byte[] file, int frame) {
        int frames = (int) LittleEndian.get32(file, file.length - 9);
        return file.length - 9 - 12 * (frames - frame);
    }

    @Test
    void aDamagedFrameOfASeekableFileIsDamagedWhereOneCallSaysItIs() {
        byte[] sound = Huffhash.compress(content, SEEKABLE);
        int[] offsets = frameOffsets(sound);
        assertThat(offsets).hasSize(6);
        for (int frame = 0; frame < 5; frame++) {
            int end = offsets[frame + 1];
            byte[] wrongSum = sound.clone();
            wrongSum[end - 1] ^= 1;
            expectTheSame(wrongSum, (long) frame * FRAME_BYTES, end - 4);
            byte[] noEndMark = sound.clone();
            noEndMark[end - 6] = 0; // before the sequences section: the last stream's last byte
            expectTheSame(noEndMark, (long) frame * FRAME_BYTES, -1);
        }
    }

    @Test
    void aDamagedBlockOfOneFrameIsDamagedWhereOneCallSaysItIs() {
        byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.withUnitBytes(10_000));
        file[file.length - 6] = 0;
        expectTheSame(file, content.length - 1, -1);
    }

    /** Where in the content such a frame ends is not known without decoding it. */
    @Test
    void sequencesOfAFrameThatDoesNotSayItsSizeAreNamedWhereTheyAre() throws IOException {
        byte[] own = Huffhash.compress(content);
        var foreign = new ByteArrayOutputStream();
        try (var out = new ZstdOutputStream(foreign)) {
            out.write(content);
            out.write(content);
        }
        byte[] file = Frames.concat(own, foreign.toByteArray());
        HuffhashFormatException failure = failure(file, 0);
        assertThat(failure.hasSequences()).isTrue();
        assertThat(failure.offset()).isBetween(own.length + 10L, file.length - 5L);
    }

    private static void expectTheSame(byte[] file, long position, long offset) {
        HuffhashFormatException expected = failureOfOneCall(file);
        HuffhashFormatException actual = failure(file, position);
        assertThat(actual.offset()).isEqualTo(expected.offset());
        assertThat(actual.reason()).isEqualTo(expected.reason());
        assertThat(actual.hasSequences()).isFalse();
        if (offset >= 0) {
            assertThat(actual.offset()).isEqualTo(offset);
        }
    }

    @Test
    void aTableThatDisagreesWithAFrameIsWrongWhereTheFrameBegins() {
        byte[] sound = Huffhash.compress(content, SEEKABLE);
        int[] offsets = frameOffsets(sound);
        for (int frame = 0; frame < 5; frame++) {
            byte[] wrongSize = sound.clone();
            wrongSize[entry(sound, frame) + 4] ^= 1;
            assertThat(failure(wrongSize, 0).offset()).isEqualTo(offsets[frame]);
            byte[] wrongSum = sound.clone();
            wrongSum[entry(sound, frame) + 8] ^= 1;
            HuffhashFormatException failure = failure(wrongSum, (long) frame * FRAME_BYTES);
            assertThat(failure.offset()).isEqualTo(offsets[frame]);
            assertThat(failure.reason()).contains("another checksum than the seek table");
        }
    }

    /** One frame is said to be a byte longer and the next one a byte shorter. */
    @Test
    void aTableWithAWrongPlaceIsWrongWhereItSaysTheFrameBegins() {
        byte[] sound = Huffhash.compress(content, SEEKABLE);
        int[] offsets = frameOffsets(sound);
        for (int frame = 1; frame < 5; frame++) {
            byte[] moved = sound.clone();
            int before = entry(sound, frame - 1);
            int behind = entry(sound, frame);
            LittleEndian.put32(moved, before, LittleEndian.get32(moved, before) + 1);
            LittleEndian.put32(moved, behind, LittleEndian.get32(moved, behind) - 1);
            assertThat(failure(moved, 0).offset()).isEqualTo(offsets[frame] + 1);
        }
    }

    @Test
    void aTableThatDoesNotFillTheFileIsWrongWhereItEnds() {
        byte[] file = Huffhash.compress(content, SEEKABLE);
        int[] offsets = frameOffsets(file);
        LittleEndian.put32(file, entry(file, 4), offsets[5] - offsets[4] + 1);
        assertThat(failure(file, 0).offset()).isEqualTo(offsets[5] + 1);
    }

    @Test
    void aTableOfTooManyFramesIsWrongWhereItWouldBegin() {
        byte[] file = Huffhash.compress(content, SEEKABLE);
        LittleEndian.put32(file, file.length - 9, 6);
        HuffhashFormatException failure = failure(file, 0);
        assertThat(failure.reason()).startsWith("no seek table where");
        assertThat(failure.offset()).isEqualTo(frameOffsets(file)[0] + file.length - 17 - 6 * 12);
    }

    @Test
    void aTableLargerThanTheFileIsWrongAtItsBeginning() {
        byte[] file = Huffhash.compress(content, SEEKABLE);
        LittleEndian.put32(file, file.length - 9, file.length);
        assertThat(failure(file, 0).offset()).isZero();
    }

    @Test
    void aSeekableFileThatBecomesShorterHasChangedWhereItEnds() throws IOException {
        byte[] bytes = Huffhash.compress(content, SEEKABLE);
        int[] offsets = frameOffsets(bytes);
        for (int end : new int[] {offsets[2] + 1, offsets[2] + 1000, offsets[3] - 1}) {
            expectChange(bytes, end, FRAME_BYTES, 2 * FRAME_BYTES);
        }
    }

    /** Its blocks are of one size: it may end within one of them, or where one ends. */
    @Test
    void aFileOfOneFrameThatBecomesShorterHasChangedWhereItEnds() throws IOException {
        byte[] noise = Samples.skewed(random, 450_000, 256, 1);
        byte[] bytes = Huffhash.compress(noise, CompressOptions.DEFAULT.withUnitBytes(BLOCK_BYTES));
        int stored = 3 + BLOCK_BYTES;
        int headerBytes = bytes.length - 4 - 45 * stored;
        for (int blocks : new int[] {14, 20, 25}) {
            for (int more : new int[] {0, 1, 3, stored - 1}) {
                int end = headerBytes + blocks * stored + more;
                expectChange(bytes, end, 129_999, 14 * BLOCK_BYTES);
            }
        }
    }

    /** Opens a file that becomes shorter then: one position can still be read, another cannot. */
    private static void expectChange(byte[] bytes, int end, long sound, long lost)
            throws IOException {
        var file = new ProbedChannel(bytes);
        try (var channel = new HuffhashChannel(file)) {
            file.shrinkTo(end);
            assertThat(read(channel, sound)).isEqualTo(1);
            assertThatThrownBy(() -> read(channel, lost))
                    .isInstanceOfSatisfying(
                            HuffhashFormatException.class,
                            e -> {
                                assertThat(e.reason()).contains("has changed since it was opened");
                                assertThat(e.offset()).isEqualTo(end);
                            });
        }
    }

    /** Ranges are overwritten by noise, by other parts of the file, and by headers of blocks. */
    @Test
    void aFileThatIsRewrittenIsAnIoExceptionOrReadAsItIs() throws IOException {
        byte[] whole = Samples.skewed(random, 300_000, 256, 1);
        var smallBlocks = CompressOptions.DEFAULT.withUnitBytes(BLOCK_BYTES);
        List<byte[]> files =
                List.of(
                        Huffhash.compress(whole, smallBlocks.seekable(FRAME_BYTES)),
                        Huffhash.compress(whole, smallBlocks),
                        Zstd.compress(content));
        int failures = 0;
        for (int round = 0; round < 100; round++) {
            for (byte[] file : files) {
                byte[] bytes = file.clone();
                try (var channel = new HuffhashChannel(new ProbedChannel(bytes))) {
                    rewrite(bytes);
                    int size = (int) channel.size();
                    ByteBuffer target = ByteBuffer.allocate(size);
                    assertThat(channel.read(target, 0)).isEqualTo(size);
                    assertThat(target.hasRemaining()).isFalse();
                    if (channel.isVerified()) {
                        assertThat(target.array()).isEqualTo(whole);
                    }
                } catch (IOException e) {
                    failures++;
                }
            }
        }
        assertThat(failures).isGreaterThan(100);
    }

    private void rewrite(byte[] bytes) {
        int length = 1 + random.nextInt(bytes.length / 2);
        int to = random.nextInt(bytes.length - length);
        switch (random.nextInt(3)) {
            case 0 -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, to, length);
            }
            case 1 -> {
                int from = random.nextInt(bytes.length - length);
                System.arraycopy(bytes, from, bytes, to, length);
            }
            default -> { // not the last block, not compressed
                int block = random.nextInt(bytes.length / (3 + BLOCK_BYTES));
                int at = Math.min(bytes.length - 4, 9 + block * (3 + BLOCK_BYTES));
                int header = random.nextInt(2 * BLOCK_BYTES) << 3 | random.nextInt(2) << 1;
                LittleEndian.put32(bytes, at, header);
            }
        }
    }

    @Test
    void aFailureToReadLeavesThePositionAndIsNoEndOfTheContent() throws IOException {
        byte[] bytes = Huffhash.compress(content, SEEKABLE);
        var file = new ProbedChannel(bytes);
        try (var channel = new HuffhashChannel(file)) {
            file.shrinkTo(frameOffsets(bytes)[2]);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> read(channel, 2 * FRAME_BYTES))
                        .isInstanceOf(IOException.class);
                assertThat(channel.position()).isEqualTo(2 * FRAME_BYTES);
            }
            assertThat(channel.size()).isEqualTo(content.length);
        }
    }

    @Test
    void aClosedChannelHasNoPositionAndNoSize() throws IOException {
        var file = new ProbedChannel(Huffhash.compress(content));
        var channel = new HuffhashChannel(file);
        assertThat(channel.isOpen()).isTrue();
        channel.close();
        assertThat(channel.isOpen()).isFalse();
        assertThat(file.isOpen()).isFalse();
        assertThatThrownBy(channel::position).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> channel.position(0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aFileThatCannotBeOpenedIsClosed() {
        var file = new ProbedChannel(new byte[] {1, 2, 3, 4, 5});
        assertThatThrownBy(() -> new HuffhashChannel(file))
                .isInstanceOf(HuffhashFormatException.class);
        assertThat(file.isOpen()).isFalse();
    }
}
