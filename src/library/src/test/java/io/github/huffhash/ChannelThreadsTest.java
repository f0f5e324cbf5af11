package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that read a channel at a time, workers of a channel, interrupts. */
class ChannelThreadsTest {
    private final Random random = Seeds.random();
    private final byte[] content = Samples.skewed(random, 2_000_000, 100, 1.1);
    private final List<byte[]> files =
            List.of(
                    Huffhash.compress(content),
                    Huffhash.compress(content, CompressOptions.DEFAULT.seekable(64 << 10)));

    static Stream<Named<Workers>> workers() {
        return StreamContractTest.workers();
    }

    private void assertRange(HuffhashChannel channel, int from, int length) throws IOException {
        var target = ByteBuffer.allocate(length + 7).position(7);
        assertThat(channel.read(target, from)).isEqualTo(length);
        assertThat(target.hasRemaining()).isFalse();
        assertThat(Arrays.copyOfRange(target.array(), 7, 7 + length))
                .isEqualTo(Arrays.copyOfRange(content, from, from + length));
    }

    @ParameterizedTest
    @MethodSource("workers")
    void whateverWorksOnALargeReadGivesTheContent(Workers workers) throws IOException {
        var threads = new OwnThreads();
        for (byte[] file : files) {
            try (var channel = new HuffhashChannel(new ProbedChannel(file), workers)) {
                assertRange(channel, 0, content.length);
                for (int i = 0; i < 20; i++) {
                    int from = random.nextInt(content.length);
                    assertRange(channel, from, random.nextInt(content.length - from));
                }
                assertThat(channel.position()).isZero();
            }
            assertThat(threads.alive()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("workers")
    void damageIsTheSameFailureWhateverWorks(Workers workers) throws IOException {
        byte[] damaged = files.get(1).clone();
        int last =
                (int) SeekTable.read(new ProbedChannel(damaged)).orElseThrow().compressedOffset(9);
        damaged[last - 1] ^= 1; // a checksum
        try (var channel = new HuffhashChannel(new ProbedChannel(damaged), workers)) {
            var target = ByteBuffer.allocate(content.length);
            assertThatThrownBy(() -> channel.read(target))
                    .isInstanceOf(HuffhashFormatException.class)
                    .hasMessageContaining("wrong checksum");
            assertThat(target.position()).isZero();
            assertThat(channel.position()).isZero();
            assertRange(channel, 10 * (64 << 10), 100_000);
        }
    }

    @ParameterizedTest
    @MethodSource("workers")
    void readsOneBehindTheOtherReadEachSliceOnce(Workers workers) throws IOException {
        byte[] file = files.get(1);
        var probed = new ProbedChannel(file);
        try (var channel = new HuffhashChannel(probed, workers)) {
            probed.bytesRead = 0;
            for (int from = 0; from < content.length; from += 150_000) {
                assertRange(channel, from, Math.min(150_000, content.length - from));
            }
            assertThat(probed.bytesRead).isLessThan(file.length);
        }
    }

    /** The first slice is damaged, so what is read before the failure was read ahead. */
    @Test
    void noMoreThan32MegabytesOfLargeFramesAreUnderWay() throws IOException {
        byte[] noise = Samples.skewed(random, 56 << 20, 256, 1);
        byte[] file = Huffhash.compress(noise, CompressOptions.DEFAULT.seekable(8 << 20));
        file[100] ^= 1;
        var probed = new ProbedChannel(file);
        try (var channel = new HuffhashChannel(probed, Workers.on(task -> {}, 4))) {
            probed.bytesRead = 0;
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(noise.length)))
                    .hasMessageContaining("wrong checksum");
            assertThat(probed.bytesRead).isBetween(31L << 20, 33L << 20);
        }
    }

    @Test
    void threadsReadAtPositionsOfTheirOwn(@TempDir Path folder) throws Exception {
        for (byte[] file : files) {
            Path path = folder.resolve("file.zst");
            Files.write(path, file);
            for (boolean inMemory : new boolean[] {false, true}) {
                try (var channel =
                                inMemory
                                        ? new HuffhashChannel(new ProbedChannel(file))
                                        : HuffhashChannel.open(path);
                        var threads = Executors.newFixedThreadPool(4)) {
                    long seed = random.nextLong();
                    Callable<Boolean> reader =
                            () -> {
                                var own = new Random(seed + Thread.currentThread().threadId());
                                for (int i = 0; i < 100; i++) {
                                    int from = own.nextInt(content.length - 1000);
                                    assertRange(channel, from, 1 + own.nextInt(1000));
                                }
                                return true;
                            };
                    for (var done : threads.invokeAll(List.of(reader, reader, reader, reader))) {
                        assertThat(done.get()).isTrue();
                    }
                    assertThat(channel.position()).isZero();
                }
            }
        }
    }

    @Test
    void aReadThatIsInterruptedClosesTheChannel(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("file.zst");
        Files.write(path, files.get(0));
        var channel = HuffhashChannel.open(path);
        assertRange(channel, 10, 10);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), 1_000_000))
                .isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(channel.isOpen()).isFalse();
        // the slice at hand is no reason to go on
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), 10))
                .isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);
        channel.close();
    }

    @Test
    void targetsAndPositionsAreChecked() throws IOException {
        var channel = new HuffhashChannel(new ProbedChannel(files.get(0)));
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1).asReadOnlyBuffer()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(channel.read(ByteBuffer.allocate(0))).isZero();
        assertThat(channel.read(ByteBuffer.allocate(1), content.length)).isEqualTo(-1);
        assertThat(channel.read(ByteBuffer.allocate(1), Long.MAX_VALUE)).isEqualTo(-1);
        channel.close();
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1).asReadOnlyBuffer(), 0))
                .isInstanceOf(ClosedChannelException.class);
    }
}
