package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** {@link HuffhashChannel#isVerified} says what reads are really compared with. */
class ChannelVerificationTest {
    private static final int FIRST_BYTES = 3;

    private final HandmadeFrame first = new HandmadeFrame().raw((byte) 1, (byte) 2, (byte) 3);
    private final HandmadeFrame second = new HandmadeFrame().raw(new byte[1000]); // not tiny
    private final int[] sizes = {FIRST_BYTES, 1000};
    private final long[] checksums = {first.checksum(), second.checksum()};

    private static boolean verified(byte[] file) throws IOException {
        try (var channel = new HuffhashChannel(new ProbedChannel(file))) {
            return channel.isVerified();
        }
    }

    private static byte[] seekable(byte[] content, CompressOptions options) {
        return Huffhash.compress(content, options.seekable(CompressOptions.MIN_FRAME_BYTES));
    }

    @Test
    void aSeekableFileIsVerifiedIfItHasChecksums() throws IOException {
        byte[] content = new byte[200_000];
        assertThat(verified(seekable(content, CompressOptions.DEFAULT))).isTrue();
        assertThat(verified(seekable(content, CompressOptions.DEFAULT.withoutChecksum())))
                .isFalse();
    }

    @Test
    void checksumsOfTheFramesOrOfTheTableAreEnough() throws IOException {
        byte[][] checked = {first.checked(), second.checked()};
        byte[][] plain = {first.bytes(), second.bytes()};
        assertThat(verified(HandmadeFrame.seekable(checked, sizes, checksums))).isTrue();
        assertThat(verified(HandmadeFrame.seekable(checked, sizes))).isTrue();
        assertThat(verified(HandmadeFrame.seekable(plain, sizes, checksums))).isTrue();
        assertThat(verified(HandmadeFrame.seekable(plain, sizes))).isFalse();
    }

    @Test
    void oneFrameWithoutAChecksumIsEnoughThatTheFileIsNotVerified() throws IOException {
        byte[][] firstChecked = {first.checked(), second.bytes()};
        byte[][] secondChecked = {first.bytes(), second.checked()};
        assertThat(verified(HandmadeFrame.seekable(firstChecked, sizes))).isFalse();
        assertThat(verified(HandmadeFrame.seekable(secondChecked, sizes))).isFalse();
        assertThat(verified(HandmadeFrame.seekable(secondChecked, sizes, checksums))).isTrue();
    }

    @Test
    void aSingleFrameWithoutAChecksumIsNotVerified() throws IOException {
        byte[][] plain = {first.bytes()};
        assertThat(verified(HandmadeFrame.seekable(plain, new int[] {FIRST_BYTES}))).isFalse();
    }

    @Test
    void aFrameWithoutContentNeedsNoChecksum() throws IOException {
        byte[][] frames = {first.checked(), new HandmadeFrame().raw().bytes()};
        assertThat(verified(HandmadeFrame.seekable(frames, new int[] {FIRST_BYTES, 0}))).isTrue();
    }

    @Test
    void aFileWithoutATableIsNotVerified() throws IOException {
        assertThat(verified(first.checked())).isFalse();
    }

    @Test
    void contentThatIsVerifiedByTheTableAloneCannotBeDamaged() throws IOException {
        byte[][] plain = {first.bytes(), second.bytes()};
        byte[] file = HandmadeFrame.seekable(plain, sizes, checksums);
        file[first.bytes().length - 1] ^= 1; // the last byte of the raw block
        try (var channel = new HuffhashChannel(new ProbedChannel(file))) {
            var target = ByteBuffer.allocate(1000);
            assertThat(channel.position(FIRST_BYTES).read(target)).isEqualTo(1000);
            assertThatThrownBy(() -> channel.position(0).read(ByteBuffer.allocate(1)))
                    .isInstanceOf(HuffhashFormatException.class)
                    .hasMessageContaining("checksum");
        }
        byte[] unverified = HandmadeFrame.seekable(plain, sizes);
        unverified[first.bytes().length - 1] ^= 1;
        try (var channel = new HuffhashChannel(new ProbedChannel(unverified))) {
            var target = ByteBuffer.allocate(FIRST_BYTES);
            assertThat(channel.read(target)).isEqualTo(FIRST_BYTES);
            assertThat(target.array()).containsExactly(1, 2, 2);
        }
    }
}
