package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.internal.zstd.Frames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a channel holds in memory and reads of its file does not grow with the file. */
class ChannelLimitsTest {
    private static final int BLOCK_BYTES = 128 << 10;
    private static final int WHOLE_FRAME_BYTES = 16 << 20;

    /** Four of the largest blocks, and the beginning of the block that has the tree. */
    private static final int SLICE_FILE_BYTES = 4 * BLOCK_BYTES + 200;

    /** Reads one byte and says how many bytes of the file that took. */
    private static long bytesReadFor(HuffhashChannel channel, ProbedChannel file, long position)
            throws IOException {
        long before = file.bytesRead;
        assertThat(channel.position(position).read(ByteBuffer.allocate(1))).isEqualTo(1);
        return file.bytesRead - before;
    }

    @Test
    void aByteOfALongFrameTakesAFewBlocks() throws IOException {
        byte[] noise = Samples.skewed(Seeds.random(), 3_000_000, 256, 1);
        for (int unitBytes : new int[] {1024, 10_000, BLOCK_BYTES}) {
            var options = CompressOptions.DEFAULT.withUnitBytes(unitBytes);
            var file = new ProbedChannel(Huffhash.compress(noise, options));
            try (var channel = new HuffhashChannel(file)) {
                for (int position = 2_999_999; position >= 0; position -= 99_999) {
                    assertThat(bytesReadFor(channel, file, position))
                            .isLessThanOrEqualTo(BLOCK_BYTES + 3 * 129);
                }
            }
        }
    }

    @Test
    void blocksWithoutContentAreNoWayAroundTheLimit() throws IOException {
        var frame = new HandmadeFrame().raw((byte) 1);
        for (int i = 0; i < 700_000; i++) {
            frame.raw();
        }
        var file = new ProbedChannel(frame.raw((byte) 2).bytes());
        try (var channel = new HuffhashChannel(file)) {
            assertThat(channel.size()).isEqualTo(2);
            for (int position : new int[] {0, 1}) {
                assertThat(bytesReadFor(channel, file, position))
                        .isLessThanOrEqualTo(SLICE_FILE_BYTES);
            }
        }
    }

    private static HandmadeFrame zeros(int contentBytes) {
        var frame = new HandmadeFrame();
        for (int left = contentBytes; left > 0; left -= BLOCK_BYTES) {
            frame.rle((byte) 0, Math.min(left, BLOCK_BYTES));
        }
        return frame;
    }

    @Test
    void aFrameOfALittleMoreThan16MibIsNotDecodedAsAWhole() throws IOException {
        for (int over : new int[] {0, 1}) {
            byte[] small = new HandmadeFrame().raw((byte) 5).checked();
            byte[] large = zeros(WHOLE_FRAME_BYTES + over).checked();
            byte[] bytes =
                    HandmadeFrame.seekable(
                            new byte[][] {small, large}, new int[] {1, WHOLE_FRAME_BYTES + over});
            try (var channel = new HuffhashChannel(new ProbedChannel(bytes))) {
                assertThat(channel.size()).isEqualTo(1L + WHOLE_FRAME_BYTES + over);
                assertThat(channel.isVerified()).isEqualTo(over == 0);
                var target = ByteBuffer.allocate(1);
                assertThat(channel.position(WHOLE_FRAME_BYTES).read(target)).isEqualTo(1);
                assertThat(target.get(0)).isZero();
            }
        }
    }

    /** A table has 32 bits for the content of a frame. */
    @Test
    void noTableListsAFrameOf4GibAndALittleMore() {
        int blocks = 1 << 15;
        byte[] little = {1, 2, 3, 4, 5, 6};
        var large = ByteBuffer.allocate(6 + 4 * blocks + 3 + little.length);
        large.put(Frames.hex(Frames.START));
        for (int i = 0; i < blocks; i++) {
            large.put(Frames.hex("02 00 10 00")); // 128 KiB of zeros
        }
        large.put(Frames.hex("31 00 00")).put(little);
        byte[] file = HandmadeFrame.seekable(new byte[][] {large.array()}, new int[] {6});
        assertThatThrownBy(() -> new HuffhashChannel(new ProbedChannel(file)))
                .isInstanceOf(HuffhashFormatException.class)
                .hasMessageContaining("there is no frame where the seek table says");
    }

    /** A table may list more with a frame than it has, which takes room in the file alone. */
    @Test
    void whatWorkersHaveOfTheFileIsLimitedToo() throws IOException {
        var skippable = ByteBuffer.allocate(1 << 20);
        skippable.put(Frames.hex("50 2A 4D 18 F8 FF 0F 00"));
        byte[] entry = Frames.concat(new HandmadeFrame().raw((byte) 1).bytes(), skippable.array());
        byte[][] entries = new byte[100][];
        Arrays.fill(entries, entry);
        int[] sizes = new int[entries.length];
        Arrays.fill(sizes, 1);
        byte[] bytes = HandmadeFrame.seekable(entries, sizes);
        var target = ByteBuffer.allocate(entries.length);
        long[] most = {0};
        var file =
                new ProbedChannel(bytes) {
                    @Override
                    public int read(ByteBuffer into) throws IOException {
                        int count = super.read(into);
                        long decoded = (long) target.position() * entry.length;
                        most[0] = Math.max(most[0], bytesRead - decoded);
                        return count;
                    }
                };
        var table = SeekTable.read(new ProbedChannel(bytes)).orElseThrow();
        try (var channel = new HuffhashChannel(file, Workers.threads(8), table)) {
            assertThat(channel.read(target)).isEqualTo(entries.length);
        }
        assertThat(most[0]).isBetween(32L << 20, 64L << 20);
    }

    @Test
    void aFrameOfMoreThan16MibOfTheFileIsNotReadAsAWhole() throws IOException {
        var frame = new HandmadeFrame().raw((byte) 1);
        for (int i = 0; i < WHOLE_FRAME_BYTES / BLOCK_BYTES; i++) {
            frame.withoutContent(BLOCK_BYTES);
        }
        byte[] large = frame.checked();
        assertThat(large.length).isGreaterThan(WHOLE_FRAME_BYTES);
        byte[] bytes = HandmadeFrame.seekable(new byte[][] {large}, new int[] {1});
        try (var channel = new HuffhashChannel(new ProbedChannel(bytes))) {
            assertThat(channel.isVerified()).isFalse();
        }
    }
}
