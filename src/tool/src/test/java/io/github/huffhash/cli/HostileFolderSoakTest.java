package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.Huffhash;
import io.github.huffhash.Seeds;
import io.github.huffhash.Waiting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are killed, and other users of the same folder. Takes minutes, and needs root. */
@Tag("soak")
@Timeout(1800)
class HostileFolderSoakTest {
    private static final int KILLS = 500;
    private static final int SWAPS = 100;

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFolder() {
        folder = new Folder(path);
    }

    /** Reads the output again and again; what it reads is one of these, or nothing if it may be. */
    private FutureTask<Integer> poll(
            AtomicBoolean done, boolean mayBeMissing, byte[] one, byte[] other) {
        var polling =
                new FutureTask<>(() -> {
                    int reads = 0;
                    while (!done.get()) {
                        try {
                            byte[] read = folder.read("a.zst");
                            assertThat(Arrays.equals(read, one) || Arrays.equals(read, other))
                                    .isTrue();
                            reads++;
                        } catch (NoSuchFileException e) {
                            assertThat(mayBeMissing).as("is missing: " + e).isTrue();
                        }
                    }
                    return reads;
                });
        Thread.ofPlatform().daemon().start(polling);
        return polling;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNameHasTheOldOrTheNewFileAtEveryMomentThoughRunsAreKilled(boolean replaces)
            throws Exception {
        Random random = Seeds.random();
        byte[][] contents = {new byte[300_000], new byte[200_000]};
        for (byte[] content : contents) {
            random.nextBytes(content);
        }
        byte[] one = Huffhash.compress(contents[0]);
        byte[] other = Huffhash.compress(contents[1]);
        Files.write(path.resolve("a"), contents[0]);
        long start = System.nanoTime();
        assertThat(folder.run("compress", "-f", "a")).isEqualTo(printed());
        double longest = System.nanoTime() - start; // then such that half of the runs end before
        var done = new AtomicBoolean();
        FutureTask<Integer> polling = poll(done, !replaces, one, other);
        int killed = 0;
        for (int i = 0; i < KILLS && !polling.isDone(); i++) {
            Files.write(path.resolve("a"), contents[i % 2]);
            if (!replaces) {
                Files.deleteIfExists(path.resolve("a.zst"));
            }
            String option = replaces ? "-f" : "-k";
            try (Running running = Cli.huffhash("compress", option, "a").in(path).start()) {
                LockSupport.parkNanos((long) (random.nextDouble() * longest));
                running.kill();
                boolean ended = running.await().exitCode() == 0;
                killed += ended ? 0 : 1;
                longest *= ended ? 0.9 : 1.1;
            }
            assertThat(folder.names().size())
                    .as("files: %s", folder.names())
                    .isLessThanOrEqualTo(3);
        }
        done.set(true);
        assertThat(polling.get()).isPositive();
        assertThat(killed).isGreaterThan(KILLS / 4);
        assertThat(folder.run("compress", "-f", "a")).isEqualTo(printed());
        assertThat(folder.names()).containsExactly("a", "a.zst");
    }

    @Test
    void aRunInAnotherPidNamespaceKeepsItsUnfinishedOutput() throws Exception {
        String[] unshare = {"unshare", "--pid", "--fork", "--kill-child", "--mount-proc"};
        assumeTrue(Cli.of("true").under(unshare).run().exitCode() == 0, "needs unshare");
        folder.contents("a");
        RandomAccessFile pipe = folder.openPipe("pipe");
        try (pipe;
                Running running =
                        Cli.huffhash("compress", "-o", "slow", "pipe")
                                .in(path)
                                .under(unshare)
                                .start()) {
            Waiting.until("it writes", folder::hasTemporaryFile);
            assertThat(folder.run("compress", "a")).isEqualTo(printed());
            assertThat(folder.hasTemporaryFile()).isTrue();

            running.kill();
            running.await(); // until its child, which has its standard error, is gone too
        }
        assertThat(folder.run("compress", "-f", "a")).isEqualTo(printed());
        assertThat(folder.hasTemporaryFile()).isFalse();
    }

    /** Another user, who may write the folder, puts links in the places of unfinished outputs. */
    @Test
    void aUserWhoSwapsNamesGetsNoFileOpened() throws Exception {
        Path secret = Files.writeString(path.resolve("secret"), "secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path shared = Files.createDirectory(path.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        var inside = new Folder(shared);
        inside.contents("a");
        Files.setPosixFilePermissions(
                shared.resolve("a"), PosixFilePermissions.fromString("rw-rw-rw-"));
        String swaps =
                "while :; do for f in .huffhash-*.tmp; do [ -f \"$f\" ] && mv \"$f\" aside"
                        + " && ln -s \"$1\" \"$f\" && echo x; done; done 2>/dev/null";
        int failures = 0;
        try (Running swapper =
                Cli.sh(swaps, secret.toString())
                        .in(shared)
                        .under("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                        .start()) {
            for (int i = 0; i < SWAPS; i++) {
                failures += inside.run("compress", "-f", "a").exitCode();
                assertThat(secret).hasContent("secret");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                        .isEqualTo("rw-------");
            }
            swapper.awaitOut(lines -> lines.contains("x"));
            swapper.kill();
            swapper.await(); // until what it started has ended too
        }
        assertThat(failures).as("runs that met a swap").isPositive();
    }

    @Test
    void twoGibibytesOfZerosTakeNoRoom() throws Exception {
        assertThat(folder.sh("head -c 2147483648 /dev/zero | huffhash compress -o a.zst"))
                .isEqualTo(printed());
        assertThat(folder.run("decompress", "a.zst")).isEqualTo(printed());
        assertThat(Files.size(path.resolve("a"))).isEqualTo(1L << 31);
        assertThat(kibibytes("a")).isLessThan(1024);
    }

    private int kibibytes(String name) throws IOException, InterruptedException {
        return Integer.parseInt(
                folder.sh("sync \"$1\"; du -k \"$1\" | cut -f 1", name).out().strip());
    }
}
