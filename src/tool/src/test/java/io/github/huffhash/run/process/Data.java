package io.github.huffhash.run.process;

import io.github.huffhash.Signature;
import io.github.huffhash.memory.strategy.Strategy;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.RunSettings;
import io.github.huffhash.run.SignatureWork;
import io.github.huffhash.run.TestBytes;
import io.github.huffhash.run.ThreadRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Bytes, and what is to come out for them. */
public final class Data {
    private static final Path FOLDER = Path.of("testdata");

    private Data() {}

    /**
     * A row of the table of golden values.
     *
     * @param file the file; one of those too large to be kept is made anew
     * @param lockAcquisitions of the modes that take the lock for each request
     */
    public record Golden(Path file, long bytes, long signature, long lockAcquisitions) {
        byte[] content() throws IOException {
            if (Files.exists(file)) {
                return Files.readAllBytes(file);
            }
            int size = Math.toIntExact(bytes);
            return toString().startsWith("uniform")
                    ? TestBytes.uniform(size)
                    : TestBytes.skewed(size);
        }

        @Override
        public String toString() {
            return file.getFileName().toString();
        }
    }

    /** All rows. */
    static Stream<Golden> golden() {
        try (Stream<String> lines = Files.lines(FOLDER.resolve("signatures.tsv"))) {
            return lines
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(Data::golden)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The row of one file. */
    public static Golden golden(String file) {
        return golden().filter(row -> row.toString().equals(file)).findFirst().orElseThrow();
    }

    private static Golden golden(String[] row) {
        return new Golden(
                FOLDER.resolve(row[0]),
                Long.parseLong(row[1]),
                Long.parseLong(row[3]),
                Long.parseLong(row[5]));
    }

    /** Random bytes below {@code symbols}. */
    static byte[] random(long seed, int length, int symbols) {
        var random = new Random(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt(symbols);
        }
        return bytes;
    }

    /** 4k + 4 for each block with k distinct symbols. */
    static long lockAcquisitions(byte[] bytes, int blockBytes) {
        long sum = 0;
        for (int from = 0; from < bytes.length; from += blockBytes) {
            var seen = new boolean[256];
            int distinct = 0;
            for (int i = from; i < Math.min(bytes.length, from + blockBytes); i++) {
                distinct += seen[bytes[i] & 0xFF] ? 0 : 1;
                seen[bytes[i] & 0xFF] = true;
            }
            sum += 4L * distinct + 4;
        }
        return sum;
    }

    /** The hash of each block, by the mode that has no concurrency at all. */
    static List<Integer> hashes(byte[] bytes, int blockBytes) throws IOException {
        List<Integer> hashes = new ArrayList<>();
        var settings =
                new RunSettings(
                        1,
                        true,
                        4 << 20,
                        RunSettings.DEFAULT_POOL_BYTES,
                        RunSettings.DEFAULT_BATCH_SIZE,
                        false,
                        Strategy.FIRST_FIT,
                        false);
        ThreadRun.of(Mode.SINGLE, settings)
                .run(
                        Sources.of(bytes),
                        new SignatureWork(blockBytes, 0),
                        result -> hashes.add(result.hashes()[0]));
        return hashes;
    }

    /** The sum of the hashes. */
    static long signature(List<Integer> hashes) {
        return Signature.ofHashes(hashes.stream().mapToInt(Integer::intValue).toArray()).value();
    }
}
