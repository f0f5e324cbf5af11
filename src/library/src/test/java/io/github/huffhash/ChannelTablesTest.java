package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.zstd.FrameTable;
import io.github.huffhash.internal.zstd.Frames;
import io.github.huffhash.internal.zstd.XxHash64;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What seek tables may list, where they may be, and what hostile ones cost. */
class ChannelTablesTest {
    private static final CompressOptions SEEKABLE = CompressOptions.DEFAULT.seekable(64 << 10);
    private static final byte[] SKIPPABLE =
            Frames.hex("50 2A 4D 18 03 00 00 00 01 02 03"); // 3 bytes

    private final Random random = Seeds.random();

    private static HuffhashChannel open(byte[] file) throws IOException {
        return new HuffhashChannel(new ProbedChannel(file));
    }

    private static byte[] readAll(HuffhashChannel channel) throws IOException {
        var target = ByteBuffer.allocate((int) channel.size());
        assertThat(channel.read(target, 0)).isEqualTo(channel.size() == 0 ? -1 : channel.size());
        return target.array();
    }

    private void assertContent(byte[] file, byte[] content, boolean verified) throws IOException {
        try (var channel = open(file)) {
            assertThat(channel.isVerified()).isEqualTo(verified);
            assertThat(readAll(channel)).isEqualTo(content);
            for (int i = 0; i < 50; i++) {
                int from = random.nextInt(content.length);
                var target = ByteBuffer.allocate(1 + random.nextInt(content.length - from));
                assertThat(channel.read(target, from)).isEqualTo(target.capacity());
                assertThat(target.array())
                        .isEqualTo(Arrays.copyOfRange(content, from, from + target.capacity()));
            }
        }
    }

    @Test
    void seekableFilesThatAreAppendedAreOneVerifiedContent() throws IOException {
        byte[] first = Samples.skewed(random, 200_000, 100, 1.1);
        byte[] second = Samples.skewed(random, 150_000, 50, 1.2);
        byte[] file =
                Frames.concat(
                        Huffhash.compress(first, SEEKABLE), Huffhash.compress(second, SEEKABLE));
        assertContent(file, Frames.concat(first, second), true);
        byte[] plain = Frames.concat(file, Huffhash.compress(second));
        assertContent(plain, Frames.concat(first, second, second), false);
        // the first file's table stays within the file, and must still be right
        int entry = Huffhash.compress(first, SEEKABLE).length - 9 - 12;
        file[entry + 4] ^= 1;
        assertThatThrownBy(() -> open(file)).hasMessageContaining("another size than the seek");
    }

    private static void list(FrameTable table, byte[] frame, byte[] content) {
        table.add(frame.length, content.length, XxHash64.checksum(content, 0, content.length));
    }

    @Test
    void aTableMayListSkippableAndEmptyFrames() throws IOException {
        byte[] none = {};
        byte[] content = Samples.skewed(random, 100_000, 100, 1.1);
        byte[] frame = Huffhash.compress(content, CompressOptions.DEFAULT.withoutChecksum());
        byte[] empty = Huffhash.compress(none, CompressOptions.DEFAULT.withoutChecksum());
        var table = new FrameTable(true);
        byte[] file = {};
        for (byte[] next : new byte[][] {empty, SKIPPABLE, frame, SKIPPABLE, empty, frame, empty}) {
            list(table, next, next.length == frame.length ? content : none);
            file = Frames.concat(file, next);
        }
        byte[] twice = Frames.concat(content, content);
        assertContent(Frames.concat(file, table.toBytes()), twice, true);
        byte[] behindOthers = Frames.concat(frame, SKIPPABLE, file, table.toBytes());
        assertContent(behindOthers, Frames.concat(content, twice), false);
        table.add(100, 0, 0);
        byte[] tooMany = Frames.concat(file, table.toBytes());
        assertThatThrownBy(() -> open(tooMany))
                .hasMessageContaining("the seek table lists 8 frames, but there are 7");
    }

    @Test
    void aTinyFrameThatATableDoesNotListHidesNoWrongChecksum() throws IOException {
        byte[] content = {1, 2, 3};
        byte[] frame = Huffhash.compress(content, CompressOptions.DEFAULT.withoutChecksum());
        var right = new FrameTable(true);
        list(right, frame, content);
        byte[] twice = Frames.concat(content, content);
        assertContent(Frames.concat(frame, frame, right.toBytes()), twice, false);
        var wrong = new FrameTable(true);
        wrong.add(frame.length, content.length, 12345);
        try (var channel = open(Frames.concat(frame, frame, wrong.toBytes()))) {
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), content.length))
                    .hasMessageContaining("another checksum than the seek table says");
        }
    }

    @Test
    void aTableMayListAllFramesAndAnEarlierTable() throws IOException {
        byte[] content = Samples.skewed(random, 50_000, 100, 1.1);
        byte[] frame = Huffhash.compress(content);
        var first = new FrameTable(true);
        list(first, frame, content);
        var all = new FrameTable(true);
        list(all, frame, content);
        list(all, first.toBytes(), new byte[0]);
        list(all, frame, content);
        byte[] file = Frames.concat(frame, first.toBytes(), frame, all.toBytes());
        assertContent(file, Frames.concat(content, content), true);
        var some = new FrameTable(true); // not all, and more than is behind the other table
        list(some, first.toBytes(), new byte[0]);
        list(some, frame, content);
        byte[] wrong = Frames.concat(frame, first.toBytes(), frame, some.toBytes());
        assertThatThrownBy(() -> open(wrong))
                .hasMessageContaining("the seek table lists 2 frames, but there are 1");
    }

    /** A raw block that ends the file has all that a seekable file has, its table last. */
    @Test
    void aSeekableFileThatIsCompressedOnceMoreHasNoTable() throws IOException {
        byte[] noise = Samples.skewed(random, 70_000, 256, 1);
        byte[] inner = Huffhash.compress(noise, SEEKABLE);
        byte[] outer = Huffhash.compress(inner, CompressOptions.DEFAULT.withoutChecksum());
        assertThat(Arrays.copyOfRange(outer, outer.length - 100, outer.length))
                .isEqualTo(Arrays.copyOfRange(inner, inner.length - 100, inner.length));
        assertContent(outer, inner, false);
        assertThat(SeekTable.read(new ProbedChannel(outer))).isEmpty();
        assertThat(SeekTable.read(new ProbedChannel(inner))).isPresent();
    }

    @Test
    void aSkippableFrameOfAnotherKindIsNoTable() throws IOException {
        byte[] content = Samples.skewed(random, 70_000, 100, 1.1);
        byte[] file = Huffhash.compress(content, SEEKABLE);
        var table = SeekTable.read(new ProbedChannel(file)).orElseThrow();
        file[file.length - table.toBytes().length] ^= 1; // 5F 2A 4D 18
        assertContent(file, content, false);
        assertThat(SeekTable.read(new ProbedChannel(file))).isEmpty();
    }

    /** Many frames share a slice; each is compared with the table. */
    @Test
    void tinyFramesAreEachVerifiedByTheTable() throws IOException {
        byte[] file = {};
        byte[] content = new byte[5000];
        random.nextBytes(content);
        var table = new FrameTable(true);
        for (byte b : content) {
            byte[] frame = tinyFrame(b);
            list(table, frame, new byte[] {b});
            file = file.length == 0 ? repeated(frame, content) : file;
        }
        byte[] whole = Frames.concat(file, table.toBytes());
        assertContent(whole, content, true);
        assertContent(Frames.concat(file, whole), Frames.concat(content, content), false);
        int bytes = tinyFrame((byte) 0).length;
        whole[bytes * 3333 + bytes - 1] ^= 1; // the content of one frame
        try (var channel = open(whole)) {
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), 100))
                    .isInstanceOfSatisfying(
                            HuffhashFormatException.class,
                            e -> {
                                assertThat(e.offset()).isEqualTo(bytes * 3333L);
                                assertThat(e.reason()).contains("another checksum");
                            });
        }
    }

    /** A frame of one byte, raw, without a checksum. */
    private static byte[] tinyFrame(byte content) {
        return Frames.concat(Frames.hex("28 B5 2F FD 20 01 09 00 00"), new byte[] {content});
    }

    private static byte[] repeated(byte[] frame, byte[] content) {
        byte[] all = new byte[frame.length * content.length];
        for (int i = 0; i < content.length; i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
            all[(i + 1) * frame.length - 1] = content[i];
        }
        return all;
    }

    private static HuffhashChannel believing(byte[] file) throws IOException {
        var table = SeekTable.read(new ProbedChannel(file)).orElseThrow();
        return new HuffhashChannel(new ProbedChannel(file), Workers.CALLER, table);
    }

    /** The last entry has the sizes of two frames, and the checksum of the first of them. */
    @Test
    void anEntryOfTwoFramesIsRefusedWhenTheyAreDecoded() throws IOException {
        byte[][] frames = new byte[16][];
        int[] sizes = new int[frames.length];
        long[] checksums = new long[frames.length];
        for (int i = 0; i < frames.length; i++) {
            byte[] content = {(byte) i, 2, 3, 4, 5, 6, 7, 8, 9, 10};
            frames[i] = Huffhash.compress(content);
            sizes[i] = content.length;
            checksums[i] = XxHash64.checksum(content, 0, content.length);
        }
        frames[15] = Frames.concat(frames[15], frames[15]);
        sizes[15] *= 2;
        try (var channel = believing(HandmadeFrame.seekable(frames, sizes, checksums))) {
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(20), 150))
                    .isInstanceOf(HuffhashFormatException.class)
                    .hasMessageContaining("another checksum than the seek table says");
        }
    }

    @Test
    void aBelievedTableThatSaysTooLittleIsWrongAboutTheSize() throws IOException {
        byte[] content = Samples.skewed(random, 1000, 60, 1.1);
        byte[] frame = new HandmadeFrame().raw(Arrays.copyOf(content, 500)).raw(content).bytes();
        for (int wrong : new int[] {400, 900, 1501}) {
            byte[] file = HandmadeFrame.seekable(new byte[][] {frame}, new int[] {wrong});
            try (var channel = believing(file)) {
                assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(20), 0))
                        .isInstanceOf(HuffhashFormatException.class)
                        .hasMessage(
                                "offset 0: the frame has another size than the seek table says");
            }
        }
    }

    /** The table of a file with frames of other sizes. */
    @Test
    void aBelievedTableOfAnotherFileIsNoTrailingData() throws IOException {
        byte[] content = Samples.skewed(random, 300_000, 60, 1.1);
        byte[] file = Huffhash.compress(content, SEEKABLE);
        var other = CompressOptions.DEFAULT.seekable(100_000);
        var table =
                SeekTable.read(new ProbedChannel(Huffhash.compress(content, other))).orElseThrow();
        long offset = table.compressedOffset(1);
        try (var channel = new HuffhashChannel(new ProbedChannel(file), Workers.CALLER, table)) {
            assertWrongPlace(offset, () -> channel.read(ByteBuffer.allocate(20), 100_000));
        }
        var rest = new ByteArrayInputStream(file, (int) offset, file.length - (int) offset);
        try (var frame = table.content(1, rest)) {
            assertWrongPlace(offset, frame::readAllBytes);
        }
    }

    private static void assertWrongPlace(long offset, ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        HuffhashFormatException.class,
                        e -> {
                            assertThat(e.isTrailingData()).isFalse();
                            assertThat(e.offset()).isEqualTo(offset);
                            assertThat(e.reason())
                                    .isEqualTo("there is no frame where one should begin");
                        });
    }

    /** Else it would be read without its checksum: here its content is damaged. */
    @Test
    void aBelievedTableDoesNotEndAFrameBeforeItsChecksum() throws IOException {
        byte[] content = new byte[1000];
        random.nextBytes(content); // so the block is raw
        byte[] frame = Huffhash.compress(content);
        frame[frame.length - 5] ^= 1;
        int end = frame.length - 4;
        byte[] both = Frames.concat(frame, frame);
        byte[][] cut = {Arrays.copyOf(both, end), Arrays.copyOfRange(both, end, both.length)};
        byte[] file = HandmadeFrame.seekable(cut, new int[] {content.length, content.length});
        try (var channel = believing(file)) {
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(20), 0))
                    .isInstanceOf(HuffhashFormatException.class)
                    .hasMessage("offset 0: the frame has another size than the seek table says");
        }
    }

    private static long allocatedBytes() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    /** 20 million entries that are not there: the file has 8 KiB, the rest are holes. */
    @Test
    void aTableThatIsAHoleIsNotReadIntoMemory(@TempDir Path folder) throws IOException {
        int frames = 20_000_000;
        byte[] frame = Huffhash.compress(new byte[100]);
        for (int entryBytes : new int[] {8, 12}) {
            Path path = folder.resolve("sparse" + entryBytes);
            try (var file =
                    FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                byte[] header = Frames.concat(frame, Frames.hex("5E 2A 4D 18 00 00 00 00"));
                long tableBytes = (long) frames * entryBytes + 9;
                LittleEndian.put32(header, frame.length + 4, tableBytes);
                file.write(ByteBuffer.wrap(header), 0);
                byte[] footer = Frames.hex("00 00 00 00 00 B1 EA 92 8F");
                LittleEndian.put32(footer, 0, frames);
                footer[4] = (byte) (entryBytes == 12 ? 0x80 : 0);
                file.write(ByteBuffer.wrap(footer), header.length + tableBytes - footer.length);
            }
            long before = allocatedBytes();
            assertThatThrownBy(() -> HuffhashChannel.open(path))
                    .isInstanceOf(HuffhashFormatException.class)
                    .hasMessageContaining("the seek table lists 20000000 frames, but there are 1");
            try (var file = FileChannel.open(path)) {
                assertThat(SeekTable.read(file)).isEmpty();
            }
            assertThat(allocatedBytes() - before).isLessThan(4 << 20);
        }
    }

    /** Frames of one byte each share slices: what is kept does not grow with their number. */
    @Test
    void millionsOfTinyFramesTakeFewSlices() throws IOException {
        byte[] content = new byte[1_000_000];
        random.nextBytes(content);
        var file = new ProbedChannel(repeated(tinyFrame((byte) 0), content));
        long usedBefore = Heap.usedBytes();
        try (var channel = new HuffhashChannel(file)) {
            assertThat(Heap.usedBytes() - usedBefore).isLessThan(256 << 10);
            assertThat(channel.size()).isEqualTo(content.length);
            long before = file.bytesRead;
            var target = ByteBuffer.allocate(50_000);
            assertThat(channel.read(target, 700_000)).isEqualTo(50_000);
            assertThat(target.array()).isEqualTo(Arrays.copyOfRange(content, 700_000, 750_000));
            assertThat(file.bytesRead - before).isLessThan(4 * (512 << 10));
        }
    }
}
