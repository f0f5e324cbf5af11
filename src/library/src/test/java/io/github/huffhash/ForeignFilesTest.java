package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that libzstd writes are read, most of which have Huffman-coded literals alone. */
class ForeignFilesTest {
    private static final int[] LENGTHS = {
        0, 1, 100, 255, 256, 1023, 1024, 5000, 16_384, 100_000, 131_072, 131_073, 500_000
    };

    private static final Set<String> HUFFMAN =
            Set.of(
                    "huffman, 1 stream, direct weights",
                    "huffman, 1 stream, FSE weights",
                    "huffman, 4 streams, direct weights",
                    "huffman, 4 streams, FSE weights",
                    "treeless, 4 streams");

    private final Random random = Seeds.random();

    /** What the files read so far consist of. */
    private final Set<String> parts = new HashSet<>();

    private void check(byte[] file, byte[] content) {
        assertThat(decode(file, content.length)).isEqualTo(content);
        parts.addAll(Anatomy.of(file));
    }

    private static byte[] decode(byte[] file, int maxBytes) {
        try {
            return Decoders.all(file, maxBytes);
        } catch (HuffhashFormatException e) {
            throw new AssertionError(e);
        }
    }

    /** Random bytes, more and less skewed. */
    private List<byte[]> contents() {
        List<byte[]> contents = new ArrayList<>();
        for (int symbols = 3; symbols <= 16; symbols++) {
            contents.add(Samples.skewed(random, 150, symbols, 1.2));
            contents.add(Samples.skewed(random, 250, 40 + symbols, 1.1));
            contents.add(Samples.skewed(random, 300, 10 + symbols, 1.05));
            contents.add(Samples.skewed(random, 3000, symbols, 1.2));
            contents.add(Samples.skewed(random, 1000, 13 + symbols % 4, 1)); // hardly a match
        }
        for (int length : LENGTHS) {
            for (double skew : new double[] {1, 1.02, 1.03, 1.05, 1.2}) {
                contents.add(Samples.skewed(random, length, 20 + random.nextInt(237), skew));
            }
        }
        return contents;
    }

    @Test
    void filesOfLibzstd() {
        for (byte[] content : contents()) {
            for (int level : new int[] {-131_072, -5, 1, 3}) {
                try (var context = new ZstdCompressCtx()) {
                    context.setLevel(level).setChecksum(random.nextBoolean());
                    context.setContentSize(random.nextBoolean());
                    check(context.compress(content), content);
                }
            }
        }
        assertThat(parts).contains("raw").containsAll(HUFFMAN);
    }

    @Test
    void blocksOfLibzstdThatShareATree() throws IOException {
        for (int round = 0; round < 50; round++) {
            var bytes = new ByteArrayOutputStream();
            byte[] content = Samples.skewed(random, 20_000, 60, 1.05);
            try (var out = new ZstdOutputStream(bytes, 1)) {
                int at = 0;
                while (at < content.length) {
                    int length = Math.min(content.length - at, 100 + random.nextInt(1500));
                    out.write(content, at, length);
                    out.flush();
                    at += length;
                }
            }
            check(bytes.toByteArray(), content);
        }
        assertThat(parts).contains("treeless, 1 stream", "treeless, 4 streams");
    }

    @Test
    void filesOfTheZstdCommandWithLiteralsAlone(@TempDir Path folder)
            throws IOException, InterruptedException {
        filesOfTheZstdCommand(folder, "--fast=131072", "--compress-literals");
        assertThat(parts).containsAll(HUFFMAN).noneMatch(part -> part.endsWith("sequences"));
    }

    @Test
    void filesOfTheZstdCommandAtLevel1(@TempDir Path folder)
            throws IOException, InterruptedException {
        filesOfTheZstdCommand(folder, "-1");
        assertThat(parts).contains("raw").containsAll(HUFFMAN);
    }

    private void filesOfTheZstdCommand(Path folder, String... options)
            throws IOException, InterruptedException {
        var command = ZstdCommand.find();
        assumeThat(command).as("zstd is installed").isPresent();
        List<byte[]> contents = contents();
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("-q");
        for (int i = 0; i < contents.size(); i++) {
            Files.write(folder.resolve(Integer.toString(i)), contents.get(i));
            arguments.add(Integer.toString(i));
        }
        command.get().run(folder, arguments.toArray(String[]::new));
        for (int i = 0; i < contents.size(); i++) {
            check(Files.readAllBytes(folder.resolve(i + ".zst")), contents.get(i));
        }
    }
}
