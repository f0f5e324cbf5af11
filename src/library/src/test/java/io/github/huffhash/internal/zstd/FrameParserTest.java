package io.github.huffhash.internal.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.Samples;
import io.github.huffhash.Seeds;
import io.github.huffhash.Testdata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameParserTest {
    private final Random random = Seeds.random();

    private static Stream<String> validFiles() {
        return Testdata.names("valid", ".zst").stream();
    }

    /** Parses a file of which only the bytes that are asked for are there. */
    private static List<FrameParser.Element> parse(byte[] file) throws ZstdFormatException {
        var parser = new FrameParser();
        List<FrameParser.Element> elements = new ArrayList<>();
        int at = 0;
        while (elements.isEmpty() || !(elements.getLast() instanceof FrameParser.End)) {
            int there = 0;
            int needed = parser.bytesNeeded(new InputBuffer(file, at, 0), at);
            while (needed > there && there < file.length - at) {
                there = Math.min(needed, file.length - at);
                // what is behind cannot be looked at
                byte[] beginning = Arrays.copyOf(file, at + there);
                needed = parser.bytesNeeded(new InputBuffer(beginning, at + there, 0), at);
            }
            byte[] beginning = Arrays.copyOf(file, at + there);
            var element = parser.next(new InputBuffer(beginning, at + there, 0), at);
            if (element instanceof FrameHeader || element instanceof FrameParser.Checksum) {
                assertThat((long) there).isEqualTo(element.totalBytes());
            } else {
                assertThat((long) there).isLessThanOrEqualTo(element.totalBytes());
            }
            elements.add(element);
            at += (int) element.totalBytes();
        }
        assertThat(at).isEqualTo(file.length);
        return elements;
    }

    @ParameterizedTest
    @MethodSource("validFiles")
    void noByteIsNeededThatNeedNotBeThere(String name) throws ZstdFormatException {
        byte[] file = Testdata.bytes("valid/" + name);
        var whole = new FrameParser();
        int at = 0;
        for (FrameParser.Element element : parse(file)) {
            assertThat(whole.next(new InputBuffer(file, file.length, 0), at)).isEqualTo(element);
            at += (int) element.totalBytes();
        }
    }

    /** What parallel readers do: find the blocks first, and decode them in any order. */
    @Test
    void groupsCanBeDecodedInAnyOrder() throws IOException {
        byte[] content = Samples.skewed(random, 9 * 131_072 + 1000, 100, 1.1);
        byte[] file = Huffhash.compress(content);
        var reader = new GroupReader(new ByteArrayInputStream(file), Long.MAX_VALUE, false);
        List<BlockGroup> groups = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        int start = 0;
        for (var group = reader.next(); group.isPresent(); group = reader.next()) {
            groups.add(group.get());
            starts.add(start);
            start += group.get().contentBytes();
        }
        assertThat(groups).hasSizeGreaterThan(3);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        byte[] decoded = new byte[content.length];
        for (int i : order) {
            byte[] part = new byte[groups.get(i).contentBytes()];
            new BlockDecoder().decode(groups.get(i), part);
            System.arraycopy(part, 0, decoded, starts.get(i), part.length);
        }
        assertThat(decoded).isEqualTo(content);
    }

    /** An input that has a few bytes, and none behind them until it is given more. */
    private static final class Arriving extends InputStream {
        private final byte[] file;
        private int at;
        private int arrived;

        Arriving(byte[] file) {
            this.file = file;
        }

        void give(int count) {
            arrived += count;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = Math.min(length, arrived - at);
            assertThat(count).as("it would wait").isPositive();
            System.arraycopy(file, at, into, offset, count);
            at += count;
            return count;
        }

        @Override
        public int available() {
            return arrived - at;
        }
    }

    @Test
    void blocksAreFoundAsSoonAsTheirLastBytesHaveArrived() throws IOException {
        byte[] content = Samples.skewed(random, 5000, 30, 1.1);
        for (int unit : new int[] {1024, 131_072}) {
            byte[] file =
                    Frames.concat(
                            Frames.hex("50 2A 4D 18 03 00 00 00 01 02 03"), // skippable
                            Huffhash.compress(
                                    content, CompressOptions.DEFAULT.withUnitBytes(unit)));
            List<Integer> ends = new ArrayList<>();
            int at = 0;
            for (FrameParser.Element element : parse(file)) {
                at += (int) element.totalBytes();
                if (element instanceof BlockInfo || element instanceof FrameParser.Checksum) {
                    ends.add(at);
                }
            }
            var input = new Arriving(file);
            var reader = new GroupReader(input, Long.MAX_VALUE, false);
            for (int arrived = 2; arrived <= file.length; arrived += 2) {
                input.give(2); // one may be none, as streams that inflate count
                Optional<BlockGroup> group = reader.poll();
                assertThat(group.isPresent())
                        .as("byte %d", arrived)
                        .isEqualTo(ends.contains(arrived) || ends.contains(arrived - 1));
            }
        }
    }

    @Test
    void aFailureComesBehindTheGroupsBeforeIt() throws IOException {
        byte[] content = Samples.skewed(random, 5000, 30, 1.1);
        byte[] file = Huffhash.compress(content, CompressOptions.DEFAULT.withUnitBytes(1024));
        byte[] cut = Arrays.copyOf(file, file.length - 10);
        for (boolean polled : new boolean[] {false, true}) {
            var reader = new GroupReader(new ByteArrayInputStream(cut), Long.MAX_VALUE, false);
            int length = 0;
            for (var group = polled ? reader.poll() : reader.next(); length < 4096; ) {
                length += group.orElseThrow().contentBytes();
                group = length < 4096 ? reader.next() : Optional.empty();
            }
            assertThat(length).isEqualTo(4096);
            assertThat(reader.poll()).isEmpty();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(reader::next)
                        .isInstanceOf(ZstdFormatException.class)
                        .hasMessageEndingWith("truncated in a block");
            }
        }
    }
}
