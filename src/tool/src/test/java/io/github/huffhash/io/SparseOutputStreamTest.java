package io.github.huffhash.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Seeds;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class SparseOutputStreamTest {
    @TempDir private Path folder;

    private Path write(byte[] content, Random random, int pieceLimit) throws IOException {
        Path file = folder.resolve("file");
        try (var channel =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                var out = new SparseOutputStream(channel)) {
            int from = 0;
            while (from < content.length) {
                int length = Math.min(content.length - from, 1 + random.nextInt(pieceLimit));
                out.write(content, from, length);
                from += length;
                if (random.nextInt(10) == 0) {
                    out.flush();
                }
            }
            out.flush();
        }
        return file;
    }

    /** Zeros and other bytes in runs of any length. */
    private static byte[] runs(Random random) {
        byte[] content = new byte[random.nextInt(1 << 20)];
        for (int from = 0; from < content.length; ) {
            int end = Math.min(content.length, from + random.nextInt(200_000));
            if (random.nextBoolean()) {
                Arrays.fill(content, from, end, (byte) 1);
            }
            from = end + 1;
        }
        return content;
    }

    @RepeatedTest(30)
    void theFileHasTheContent() throws IOException {
        Random random = Seeds.random();
        byte[] content = runs(random);

        assertThat(write(content, random, 300_000)).hasBinaryContent(content);
    }
}
