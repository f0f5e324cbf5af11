package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files far larger than memory may be. Takes minutes, so it is left to {@code make soak}. */
@Tag("soak")
class SoakTest {
    private static final long MODULUS = Integer.MAX_VALUE;
    private static final int BLOCK_BYTES = 1024;
    private static final long RESIDENT_KIB = 256 << 10;

    @TempDir private Path folder;

    /**
     * Each block but the last is a tree of one leaf, whose hash is its frequency; the last byte of
     * the file is 'h'.
     */
    @ParameterizedTest
    @CsvSource({"5120, -v", "1024, -m", "1024, -t", "1024, -e", "1024, -s"})
    void signsASparseFileInConstantMemory(long mebibytes, String mode) throws IOException {
        Path file = folder.resolve("sparse");
        long bytes = mebibytes << 20;
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.seek(bytes - 1);
            sparse.write('h');
        }
        long zeros = (bytes / BLOCK_BYTES - 1) % MODULUS * BLOCK_BYTES % MODULUS;
        long expected = (zeros + hashOfLastBlock()) % MODULUS;

        assertThat(run(mode, file.toString())).isEqualTo("Final signature: " + expected + "\n");
    }

    /** What is beyond the 2³¹st and the 2³²nd byte stays where it is. */
    @Test
    void compressesAndDecompressesASparseFileInConstantMemory() throws IOException {
        Path file = folder.resolve("sparse");
        long[] marks = {0, 1L << 31, (1L << 31) + 131_071, 1L << 32, (5L << 30) - 5};
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            for (long mark : marks) {
                sparse.seek(mark);
                sparse.write("mark!".getBytes(StandardCharsets.US_ASCII));
            }
        }
        for (String seekable : new String[] {"-k", "--seekable=8M"}) {
            Path compressed = folder.resolve("sparse.zst");
            Path again = folder.resolve("again");
            run("compress", "-f", seekable, file.toString());
            run("decompress", "-f", "-o", again.toString(), compressed.toString());
            assertThat(Files.mismatch(file, again)).isNegative();
            Files.delete(again);
            for (long mark : marks) {
                assertThat(
                                run(
                                        "decompress",
                                        "-qc",
                                        "--range=" + mark + ":5",
                                        compressed.toString()))
                        .isEqualTo("mark!");
            }
        }
    }

    /** Runs the program in constant memory, and returns what it printed. */
    private String run(String... arguments) throws IOException {
        Path output = folder.resolve("output");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add("io.github.huffhash.cli.Main");
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        long peakKib = 0;
        while (process.isAlive()) {
            peakKib = Math.max(peakKib, peakResidentKib(process.pid()));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(process.exitValue()).isZero();
        assertThat(peakKib).isPositive().isLessThan(RESIDENT_KIB);
        System.out.printf("%s: %d KiB resident at the peak%n", List.of(arguments), peakKib);
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /**
     * 1,023 zeros and an 'h': the more frequent leaf comes second out of the min-heap, so it is on
     * the right.
     */
    private static long hashOfLastBlock() {
        long root = BLOCK_BYTES;
        long h = root * 31 + 1 + 'h';
        return (h * 31 + BLOCK_BYTES - 1) % MODULUS;
    }

    private static long peakResidentKib(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // it has just ended
        }
    }
}
