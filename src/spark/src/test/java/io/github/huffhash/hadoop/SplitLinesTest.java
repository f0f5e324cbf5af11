package io.github.huffhash.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Huffhash;
import io.github.huffhash.Inputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.LineRecordReader;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Splits of a compressed file, one after the other, have the lines of the plain file. */
class SplitLinesTest {
    private static final int[] SPLITS = {
        10_000_000, 300_000, 65_536, 65_537, 40_000, 10_007, 3_000
    };

    @TempDir Path folder;
    private final Random random = Inputs.random();
    private final Configuration configuration = new Configuration();

    SplitLinesTest() {
        configuration.set("io.compression.codecs", HuffhashCodec.class.getName());
    }

    private List<String> lines(Path file, long start, long length) throws IOException {
        List<String> lines = new ArrayList<>();
        try (var reader = new LineRecordReader()) {
            var path = new org.apache.hadoop.fs.Path(file.toUri());
            reader.initialize(
                    new FileSplit(path, start, length, new String[0]),
                    new TaskAttemptContextImpl(configuration, new TaskAttemptID()));
            while (reader.nextKeyValue()) {
                lines.add(reader.getCurrentValue().toString());
            }
        }
        return lines;
    }

    private List<List<String>> splits(Path file, int splitBytes) throws IOException {
        List<List<String>> all = new ArrayList<>();
        long size = Files.size(file);
        for (long start = 0; start < size; start += splitBytes) {
            all.add(lines(file, start, Math.min(splitBytes, size - start)));
        }
        return all;
    }

    private void assertLines(byte[] content, byte[] compressed) throws IOException {
        Path plain = Inputs.file(folder, "plain", content);
        Path file = Inputs.file(folder, "file.zst", compressed);
        List<String> expected = lines(plain, 0, content.length);
        for (int splitBytes : SPLITS) {
            List<String> actual = new ArrayList<>();
            splits(file, splitBytes).forEach(actual::addAll);
            // one comparison, not one of each line: millions of assertions are slow
            assertThat(actual.equals(expected))
                    .as(
                            "splits of %d bytes: %d of %d lines",
                            splitBytes, actual.size(), expected.size())
                    .isTrue();
        }
    }

    @Test
    void linesThatEndAnyhowAreEachReadOnce() throws IOException {
        for (String[] ends :
                new String[][] {{"\n"}, {"\r\n"}, {"\r"}, {"\n", "\r\n", "\r", "\n\n", "\r\r\n"}}) {
            for (int longest : new int[] {1, 90, 200_000}) {
                int bytes = longest == 1 ? 150_000 : 500_000;
                byte[] content = Inputs.lines(random, bytes, longest, ends);
                assertLines(content, Inputs.seekable(content));
            }
        }
    }

    /** A frame may begin with the LF of a CR, and end with a CR. */
    @Test
    void aLineEndIsCutByAFrame() throws IOException {
        byte[] content = new byte[10 * Inputs.FRAME + 1];
        Arrays.fill(content, (byte) 'x');
        for (int frame = 1; frame <= 10; frame++) {
            int at = frame * Inputs.FRAME;
            content[at - 1] = '\r';
            content[at] = (byte) (frame % 2 == 0 ? '\n' : 'y');
        }
        assertLines(content, Inputs.seekable(content));
    }

    @Test
    void framesWithoutContentBelongToTheNextOne() throws IOException {
        byte[] content = Inputs.lines(random, 600_000, 100, "\n");
        List<byte[]> frames = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (byte[] piece : Inputs.cut(content, 50_000)) {
            byte[] skippable = new byte[70_000]; // alone in some splits, the first one too
            System.arraycopy(new byte[] {0x50, 0x2A, 0x4D, 0x18}, 0, skippable, 0, 4);
            skippable[4] = (byte) (69_992 & 0xFF);
            skippable[5] = (byte) (69_992 >> 8);
            skippable[6] = (byte) (69_992 >> 16);
            frames.addAll(
                    List.of(skippable, Huffhash.compress(new byte[0]), Huffhash.compress(piece)));
            sizes.addAll(List.of(0, 0, piece.length));
        }
        frames.add(frames.get(0));
        sizes.add(0);
        assertLines(content, Inputs.seekable(frames, sizes));
    }

    @Test
    void aFileWithoutATableIsOneSplit() throws IOException {
        byte[] content = Inputs.lines(random, 600_000, 100, "\n");
        byte[] one = Huffhash.compress(content);
        assertLines(content, one);
        Path file = Inputs.file(folder, "one.zst", one);
        List<List<String>> splits = splits(file, 20_000);
        assertThat(splits).hasSizeGreaterThan(5);
        assertThat(splits.stream().filter(lines -> !lines.isEmpty())).hasSize(1);
        byte[] seekable = Inputs.seekable(content);
        byte[] two = Arrays.copyOf(seekable, 2 * seekable.length);
        System.arraycopy(seekable, 0, two, seekable.length, seekable.length);
        byte[] twice = Arrays.copyOf(content, 2 * content.length);
        System.arraycopy(content, 0, twice, content.length, content.length);
        assertLines(twice, two); // the table at the end is of the second half alone
    }

    @Test
    void aFileWithATableIsManySplits() throws IOException {
        byte[] content = Inputs.lines(random, 20 * Inputs.FRAME, 100, "\n");
        Path file = Inputs.file(folder, "many.zst", Inputs.seekable(content));
        int splitBytes = (int) Files.size(file) / 10;
        assertThat(splits(file, splitBytes).stream().filter(lines -> !lines.isEmpty()))
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void emptyFilesHaveNoLines() throws IOException {
        for (byte[] file :
                new byte[][] {Huffhash.compress(new byte[0]), Inputs.seekable(new byte[0])}) {
            assertLines(new byte[0], file);
        }
        assertLines("x".getBytes(StandardCharsets.UTF_8), Inputs.seekable(new byte[] {'x'}));
    }
}
