package io.github.huffhash.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.commons.io.function.IOPredicate;

/**
 * Files that must not outlive this process, however it ends: those that are neither deleted nor
 * published go when the JVM shuts down, because of a signal or not. Only a process that is killed
 * leaves something behind.
 */
public final class TemporaryFiles {
    private static final int RANDOM_BYTES = 16;
    private static final int NAMES_AT_ONCE = 64;
    private static final String PREFIX = ".huffhash-";
    private static final Pattern NAME = Pattern.compile("\\.huffhash-[0-9a-f]{32}\\.tmp");

    /** With a longer name, a file would have too long a name where it is put aside. */
    private static final int MAX_KEPT_NAME_BYTES = 200;

    /** Guarded by the class, as is making and deleting: nothing is made once the end has come. */
    private static final Set<Place> FILES = new HashSet<>();

    /** What is left of the last random bytes. */
    private static ByteBuffer random = ByteBuffer.allocate(0);

    private static boolean hooked;

    /** Whether all files have been deleted because the process ends. */
    private static boolean ended;

    private TemporaryFiles() {}

    /** Whether a file of this last name is one of ours, of this run or another. */
    public static boolean isName(String lastName) {
        return lastName.startsWith(PREFIX) && NAME.matcher(lastName).matches();
    }

    /**
     * Makes a file in a place's directory, with a lock and a name that cannot be guessed. Those
     * that killed processes have left there are deleted.
     *
     * @param shared whether it gets the permissions of any new file, or is its owner's alone
     * @throws IOException if it cannot be made, or the JVM is shutting down
     */
    public static Unfinished createBeside(Place place, boolean shared) throws IOException {
        AbandonedFiles.delete(place);
        while (true) {
            Place file = place.sibling(PREFIX + unguessable() + ".tmp", place.name());
            Optional<Unfinished> made = createLocked(file, shared);
            if (made.isPresent()) {
                return made.get();
            }
        }
    }

    private static Optional<Unfinished> createLocked(Place file, boolean shared)
            throws IOException {
        synchronized (Descriptors.LOCK) {
            FileChannel channel = create(file, shared);
            boolean kept = false;
            try {
                Unfinished made = Unfinished.locked(file, channel);
                kept = true;
                return Optional.of(made);
            } catch (NoSuchFileException _) {
                return Optional.empty(); // another process has taken it for an abandoned file
            } finally {
                if (!kept) {
                    channel.close();
                    delete(file);
                }
            }
        }
    }

    /**
     * Makes a file, to write and read.
     *
     * @param place is kept until the file is deleted or published
     * @param shared whether it gets the permissions of any new file, or is its owner's alone
     * @throws IOException if it is there already, if only as a link, it cannot be made, or the JVM
     *     is shutting down
     */
    public static synchronized FileChannel create(Place place, boolean shared) throws IOException {
        refuseIfEnded();
        hook();
        FileChannel made = place.create(shared);
        FILES.add(place);
        return made;
    }

    /** A part of a name that cannot be guessed: 32 hexadecimal digits. */
    private static synchronized String unguessable() {
        if (!random.hasRemaining()) {
            byte[] bytes = new byte[RANDOM_BYTES * NAMES_AT_ONCE];
            // where the JVM would have its randomness from, had we the time to let it start
            try (InputStream system = Files.newInputStream(Path.of("/dev/urandom"))) {
                system.readNBytes(bytes, 0, bytes.length);
            } catch (IOException _) {
                new SecureRandom().nextBytes(bytes);
            }
            random = ByteBuffer.wrap(bytes);
        }
        byte[] next = new byte[RANDOM_BYTES];
        random.get(next);
        return HexFormat.of().formatHex(next);
    }

    private static void hook() throws IOException {
        if (hooked) {
            return;
        }
        try {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(TemporaryFiles::deleteAll, "huffhash-removal"));
            Signals.endAfter(TemporaryFiles::deleteAll);
            hooked = true;
        } catch (IllegalStateException e) {
            throw new IOException("the program is about to end", e);
        }
    }

    private static void refuseIfEnded() throws IOException {
        if (ended) {
            throw new IOException("the program is about to end");
        }
    }

    /**
     * Gives a file its name, under which it stays. This comes to its end even when the process
     * does.
     *
     * @param replace whether another file of that name may go: until then it is there
     * @throws FileAlreadyExistsException if it may not go
     * @throws IOException also if the JVM is shutting down
     */
    static synchronized void publish(Place file, Place name, boolean replace) throws IOException {
        refuseIfEnded();
        if (replace) {
            file.rename(name);
            FILES.remove(file);
        } else {
            publishNew(file, name);
        }
    }

    private static void publishNew(Place file, Place name) throws IOException {
        try {
            file.link(name);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException _) {
            renameWithoutLinks(file, name);
            FILES.remove(file);
            return;
        }
        FILES.add(file);
        delete(file); // only its second name: if that stays until the end, nothing has failed
    }

    /** For file systems without links: an empty file takes the name first, or finds it taken. */
    private static void renameWithoutLinks(Place file, Place name) throws IOException {
        create(name, false).close();
        try {
            file.rename(name);
            FILES.remove(name);
        } catch (IOException e) {
            delete(name);
            throw e;
        }
    }

    /**
     * Puts a file aside, where its name cannot come to stand for another, and deletes it if it is
     * the one that is meant. Otherwise, or if that fails, it gets its name back.
     *
     * @return whether it was the one
     * @throws FileFailure also if the name has been taken meanwhile; says where the file is then
     */
    public static synchronized boolean deleteIf(Place place, IOPredicate<Place> isMeant)
            throws IOException {
        refuseIfEnded();
        Place aside = place.sibling(nameAside(place.lastName()), place.name());
        place.rename(aside);
        try {
            if (isMeant.test(aside)) {
                aside.delete();
                return true;
            }
        } catch (IOException | RuntimeException | Error e) {
            try {
                putBack(aside, place);
            } catch (IOException worse) {
                worse.addSuppressed(e);
                throw worse;
            }
            throw e;
        }
        putBack(aside, place);
        return false;
    }

    /** If the process is killed, the name tells which file it was. */
    private static String nameAside(String lastName) {
        boolean fits = lastName.getBytes(StandardCharsets.UTF_8).length <= MAX_KEPT_NAME_BYTES;
        return PREFIX + unguessable() + ".old" + (fits ? "." + lastName : "");
    }

    private static void putBack(Place aside, Place place) throws IOException {
        try {
            publishNew(aside, place);
        } catch (IOException e) {
            throw new FileFailure(
                    place.name(),
                    "was moved to %s to be removed and cannot be moved back: %s"
                            .formatted(aside.lastName(), FileFailure.reason(e)),
                    e);
        }
    }

    /** Deletes a file if it is there. What cannot be deleted is tried again at the end. */
    public static synchronized void delete(Place place) {
        try {
            place.delete();
            FILES.remove(place);
        } catch (NoSuchFileException _) {
            FILES.remove(place);
        } catch (IOException | ClosedDirectoryStreamException _) {
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
