package io.github.huffhash.cli;

/**
 * Does a little of everything, for the build to record which classes a run needs: {@code make}
 * writes them into an ahead-of-time cache from which later runs start faster.
 */
public final class Training {
    private Training() {}

    /** Runs each kind of command once, on the file named by the only argument. */
    public static void main(String[] args) {
        String file = args[0];
        Main.run("--version");
        Main.run("--help");
        Main.run("--debug=1", file);
        for (String mode : new String[] {"-s", "-t", "-e"}) {
            Main.run(mode, "--time", file);
        }
        Main.run("--json", file);
        Main.run("--no-such-option");
        String compressed = file + ".zst";
        Main.run("compress", "-f", "-v", file);
        Main.run("compress", "--seekable", "--verify", "-f", "-o", compressed, file);
        Main.run("test", compressed);
        Main.run("list", compressed);
        Main.run("decompress", "--range=1:1", "-c", compressed);
        Main.run("decompress", "-f", "-v", compressed);
        Main.run("decompress", "-c", compressed);
        Main.run("compare", "--runs=1", file);
    }
}
