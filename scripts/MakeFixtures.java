import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes the files that testdata/signatures.tsv lists: {@code java MakeFixtures.java [DIRECTORY
 * [--all]]}. The directory is the current one by default; the files of 10 MB are written with
 * {@code --all} only. {@link Random} is fully specified, so the bytes never change.
 */
public class MakeFixtures {
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args.length > 0 ? args[0] : ".");
        write(directory, "empty.bin", new byte[0]);
        write(directory, "one_byte.bin", new byte[] {65});
        write(directory, "zeros_3000B.bin", new byte[3000]);
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) all[i] = (byte) i;
        write(directory, "all_symbols_256B.bin", all);
        byte[] alternating = new byte[2048];
        for (int i = 0; i < 2048; i++) alternating[i] = (byte) (i % 2 == 0 ? 'a' : 'b');
        write(directory, "alternating_2KB.bin", alternating);
        write(directory, "uniform_1023B.bin", uniform(1023));
        write(directory, "uniform_1025B.bin", uniform(1025));
        write(directory, "uniform_1KB.bin", uniform(1 << 10));
        write(directory, "uniform_100KB.bin", uniform(100 << 10));
        write(directory, "uniform_200KB.bin", uniform(200 << 10));
        write(directory, "uniform_1MB.bin", uniform(1 << 20));
        write(directory, "skewed_100KB.bin", skewed(100 << 10));
        write(directory, "skewed_200KB.bin", skewed(200 << 10));
        write(directory, "skewed_1MB.bin", skewed(1 << 20));
        if (args.length > 1 && args[1].equals("--all")) {
            write(directory, "uniform_10MB.bin", uniform(10 << 20));
            write(directory, "skewed_10MB.bin", skewed(10 << 20));
        }
    }

    /** Uniform bytes; the seed is the size. */
    static byte[] uniform(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** 64 symbols, low ones frequent: the smallest of three draws; the seed is the size. */
    static byte[] skewed(int size) {
        Random random = new Random(size);
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++)
            bytes[i] =
                    (byte)
                            (32
                                    + Math.min(
                                            random.nextInt(64),
                                            Math.min(random.nextInt(64), random.nextInt(64))));
        return bytes;
    }

    static void write(Path directory, String name, byte[] bytes) throws IOException {
        Files.write(directory.resolve(name), bytes);
    }
}
