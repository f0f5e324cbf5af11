package io.github.huffhash.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Does a little of everything, for the build to record which classes a run needs, and how its inner
 * loops behave: {@code make} writes that into ahead-of-time caches from which later runs start
 * faster and are compiled sooner.
 *
 * <p>A cache of everything is loaded as a whole, which takes longer than little input does. For
 * that there is a second one, of what is usually done with it.
 */
public final class Training {
    /** Content for the loops, in bytes: of the compressor, and of the modes with a heap. */
    private static final int LARGE_BYTES = 8 << 20;

    private static final int MEDIUM_BYTES = 2 << 20;

    /** How often they have it. */
    private static final int ROUNDS = 6;

    private static final List<String> HEAP_MODES = List.of("-s", "-t", "-e");

    private Training() {}

    /**
     * Runs the kinds of commands.
     *
     * @param args {@code all}, or {@code usual} for what is usually done with little input; and the
     *     name of a small file; others are made beside it
     */
    public static void main(String[] args) throws IOException {
        String file = args[1];
        usual(file, file + ".zst");
        if (args[0].equals("all")) {
            unusual(file, file + ".zst");
        }
        loops(Path.of(file + ".large"), Path.of(file + ".medium"));
    }

    private static void usual(String file, String compressed) {
        Main.run("--version");
        Main.run(file);
        for (String mode : HEAP_MODES) {
            Main.run(mode, file);
        }
        Main.run("-m", file);
        Main.run("compress", "-f", "-v", file);
        Main.run("compress", "--seekable", "--verify", "-f", "-o", compressed, file);
        Main.run("test", compressed);
        Main.run("decompress", "-f", "-v", compressed);
        Main.run("decompress", "-c", compressed);
    }

    private static void unusual(String file, String compressed) {
        Main.run("--help");
        Main.run("--debug=1", file);
        for (String mode : HEAP_MODES) {
            Main.run(mode, "--time", file);
        }
        Main.run("--json", file);
        Main.run("--no-such-option");
        Main.run("list", compressed);
        Main.run("decompress", "--range=1:1", "-c", compressed);
        Main.run("compare", "--runs=1", file);
    }

    private static void loops(Path large, Path medium) throws IOException {
        Files.write(large, changing(new byte[LARGE_BYTES], new Random(1)));
        byte[] noise = new byte[MEDIUM_BYTES];
        new Random(2).nextBytes(noise);
        Files.write(medium, noise);
        for (int i = 0; i < ROUNDS; i++) {
            for (String mode : HEAP_MODES) {
                Main.run(mode, medium.toString());
            }
            Main.run(large.toString());
            Main.run("compress", "-fq", large.toString());
            Main.run("decompress", "-fq", large + ".zst");
        }
    }

    /** Content whose statistics change: few symbols and many, skewed and not, and repetition. */
    private static byte[] changing(byte[] bytes, Random random) {
        int at = 0;
        while (at < bytes.length) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(200_000));
            double spread = random.nextInt(5) == 0 ? 0 : 2 + random.nextInt(100);
            while (at < end) {
                bytes[at++] = (byte) (random.nextGaussian() * spread);
            }
        }
        return bytes;
    }
}
