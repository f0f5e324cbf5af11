package io.github.huffhash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the README, which are here and in the consumer word for word. */
class ExamplesTest {
    private final byte[] content = Samples.skewed(new Random(1), 1_000_000, 100, 1.1);

    @TempDir private Path folder;

    @Test
    void inOneCall() throws IOException {
        int maxBytes = content.length;

        byte[] file = Huffhash.compress(content);
        byte[] again = Huffhash.decompress(file, maxBytes); // never more than that

        assertThat(again).isEqualTo(content);
    }

    @Test
    void fromStreamToStream() throws IOException {
        Path source = Files.write(folder.resolve("source"), content);
        Path file = folder.resolve("source.zst");
        Path copy = folder.resolve("copy");

        try (var in = Files.newInputStream(source);
                var out = Files.newOutputStream(file)) {
            Huffhash.compress(in, out, CompressOptions.DEFAULT, 4); // by four threads
        }
        try (var in = Files.newInputStream(file);
                var out = Files.newOutputStream(copy)) {
            Huffhash.decompress(in, out, 4);
        }

        assertThat(copy).hasSameBinaryContentAs(source);
    }

    @Test
    void asStreams() throws IOException {
        Path source = Files.write(folder.resolve("source"), content);
        Path file = folder.resolve("source.zst");
        Path copy = folder.resolve("copy");

        try (var out = new HuffhashOutputStream(Files.newOutputStream(file))) {
            Files.copy(source, out);
        }
        try (var in = new HuffhashInputStream(Files.newInputStream(file), Workers.threads(4))) {
            Files.copy(in, copy);
        }

        assertThat(copy).hasSameBinaryContentAs(source);
    }

    @Test
    void seekableByTheCallersThreads() throws IOException {
        Path source = Files.write(folder.resolve("source"), content);
        Path file = folder.resolve("source.zst");
        ByteBuffer buffer = ByteBuffer.allocate(1000);

        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            try (var out =
                    new HuffhashOutputStream(
                            Files.newOutputStream(file),
                            CompressOptions.DEFAULT.seekable(1 << 20), // a frame for every MiB
                            Workers.on(executor, 2),
                            OptionalLong.of(Files.size(source)))) {
                Files.copy(source, out);
            }
            try (var channel = HuffhashChannel.open(file)) {
                channel.position(500_000).read(buffer); // decodes one frame, and checks it
            }
        }

        assertThat(buffer.array()).isEqualTo(Arrays.copyOfRange(content, 500_000, 501_000));
    }

    @Test
    void signaturesMerge() {
        var whole = Signature.of(content, 0, content.length, 1024);
        var first = Signature.of(content, 0, 512_000, 1024);
        var second = Signature.of(content, 512_000, content.length - 512_000, 1024);
        boolean same = first.plus(second).equals(whole); // where a block ends

        assertThat(same).isTrue();
    }

    @Test
    void arraysOfNumbers() throws IOException {
        byte[] weights = Huffhash.compress(content, CompressOptions.DEFAULT.withPlanes(2)); // bf16

        assertThat(Huffhash.decompress(weights, content.length)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/library/src/test/java/io/github/huffhash/ExamplesTest.java",
                "src/it/consumer/example/Consumer.java"
            })
    void theReadmeHasTheSame(String file) throws IOException {
        List<String> here = lines(Path.of(file));
        for (List<String> example : javaBlocks(Path.of("README.md"))) {
            assertThat(here).containsSequence(example);
        }
    }

    private static List<List<String>> javaBlocks(Path readme) throws IOException {
        List<List<String>> blocks = new ArrayList<>();
        boolean inside = false;
        for (String line : lines(readme)) {
            if (line.equals("```java")) {
                blocks.add(new ArrayList<>());
                inside = true;
            } else if (line.equals("```")) {
                inside = false;
            } else if (inside) {
                blocks.getLast().add(line);
            }
        }
        assertThat(blocks).hasSize(6);
        return blocks;
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, UTF_8).stream().map(String::strip).toList();
    }
}
