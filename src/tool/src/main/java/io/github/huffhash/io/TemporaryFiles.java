package io.github.huffhash.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Files that must not outlive this process, however it ends. Whoever makes one gives it up by
 * deleting it, or by moving it to the name under which it stays; what is left goes when the JVM
 * shuts down, a signal being the cause or not. Only a process that is killed leaves something
 * behind.
 */
public final class TemporaryFiles {
    private static final int RANDOM_BYTES = 16;

    /** Guarded by the class, as is making and deleting: nothing is made once the end has come. */
    private static final Set<Path> FILES = new HashSet<>();

    private static boolean hooked;

    /** Whether all files have been deleted because the process ends. */
    private static boolean ended;

    private TemporaryFiles() {}

    /**
     * Makes a file.
     *
     * @param <T> what the file is worked on with
     */
    @FunctionalInterface
    public interface Creation<T> {
        /** Makes it; fails if it is there already. */
        T create() throws IOException;
    }

    /**
     * Makes a file and remembers it.
     *
     * @return what {@code creation} returned
     * @throws IOException if {@code creation} does, or the JVM is shutting down
     */
    public static synchronized <T> T create(Path path, Creation<T> creation) throws IOException {
        if (ended) {
            throw new IOException("the program is about to end");
        }
        hook();
        T made = creation.create();
        FILES.add(path);
        return made;
    }

    /**
     * Makes a file that nobody else may read, to write to.
     *
     * @throws IOException if it is there already, if only as a link, or cannot be made
     */
    public static FileChannel createPrivate(Path path) throws IOException {
        FileAttribute<?>[] ownerOnly =
                path.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    Set.of(
                                            PosixFilePermission.OWNER_READ,
                                            PosixFilePermission.OWNER_WRITE))
                        }
                        : new FileAttribute<?>[0];
        return open(path, ownerOnly);
    }

    /** Makes a file with the permissions of any new file, to write to; fails as above. */
    static FileChannel createUsual(Path path) throws IOException {
        return open(path);
    }

    private static FileChannel open(Path path, FileAttribute<?>... attributes) throws IOException {
        return create(
                path,
                () ->
                        FileChannel.open(
                                path,
                                Set.of(
                                        StandardOpenOption.CREATE_NEW,
                                        StandardOpenOption.WRITE,
                                        LinkOption.NOFOLLOW_LINKS),
                                attributes));
    }

    /** A part of a name that nobody can guess: 32 hexadecimal digits. */
    public static String unguessable() {
        byte[] random = new byte[RANDOM_BYTES];
        // where the JVM would have its randomness from, had we the time to let it start
        try (InputStream system = Files.newInputStream(Path.of("/dev/urandom"))) {
            system.readNBytes(random, 0, RANDOM_BYTES);
        } catch (IOException _) {
            new SecureRandom().nextBytes(random);
        }
        return HexFormat.of().formatHex(random);
    }

    private static void hook() throws IOException {
        if (hooked) {
            return;
        }
        try {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(TemporaryFiles::deleteAll, "huffhash-removal"));
            hooked = true;
        } catch (IllegalStateException e) {
            throw new IOException("the program is about to end", e);
        }
    }

    /**
     * Gives a file its name, under which it stays; another file has that name until then. This
     * comes to its end even when the process does.
     *
     * @throws IOException also if the JVM is shutting down
     */
    static synchronized void move(Path path, Path name) throws IOException {
        if (ended) {
            throw new IOException("the program is about to end");
        }
        Files.move(path, name, StandardCopyOption.ATOMIC_MOVE);
        FILES.remove(path);
    }

    /** Deletes a file if it is there. What cannot be deleted is tried again at the end. */
    public static synchronized void delete(Path path) {
        try {
            Files.deleteIfExists(path);
            FILES.remove(path);
        } catch (IOException _) {
            // there is nothing else to be done about it
        }
    }

    private static synchronized void deleteAll() {
        ended = true;
        Set.copyOf(FILES).forEach(TemporaryFiles::delete);
    }

    /**
     * Does not return if the process is about to end: what fails then, fails for that reason, and
     * is not worth a word.
     */
    public static void holdIfEnding() {
        while (isEnded()) {
            LockSupport.park();
        }
    }

    private static synchronized boolean isEnded() {
        return ended;
    }
}
