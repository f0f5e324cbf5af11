package io.github.huffhash.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Unfinished outputs that killed processes have left in a directory.
 *
 * <p>A process holds a lock on each output that it writes, until the output has its name. Locks
 * work where process numbers do not: between containers that share a directory.
 */
final class AbandonedFiles {
    /**
     * A process that has lost the lock, because it closed the file, has it again after this time.
     */
    private static final long LOCKING_NANOS = 100_000_000;

    /** Directories that have been searched. */
    private static final Set<Object> SEARCHED = new HashSet<>();

    private AbandonedFiles() {}

    /**
     * Deletes those beside a place. What cannot be deleted stays; the directory is searched once.
     */
    static synchronized void delete(Place place) {
        try {
            Optional<Object> directory = place.directoryKey();
            if (directory.isPresent() && SEARCHED.add(directory.get())) {
                Map<Place, Object> candidates = candidates(place);
                if (!candidates.isEmpty()) {
                    LockSupport.parkNanos(LOCKING_NANOS);
                    candidates.forEach(AbandonedFiles::delete);
                }
            }
        } catch (IOException _) {
            // a directory that cannot be read
        }
    }

    /** The files without a lock beside a place, and their keys. */
    private static Map<Place, Object> candidates(Place place) throws IOException {
        Map<Place, Object> found = new HashMap<>();
        for (String last : place.siblings()) {
            if (TemporaryFiles.isName(last)) {
                Place file = place.sibling(last, place.name());
                key(file).ifPresent(key -> found.put(file, key));
            }
        }
        return found;
    }

    private static void delete(Place file, Object key) {
        if (key(file).filter(key::equals).isPresent()) {
            TemporaryFiles.delete(file);
        }
    }

    /** The key of a file without a lock; nothing if it has one, or none can be had. */
    private static Optional<Object> key(Place file) {
        try {
            BasicFileAttributes attributes = file.attributes(false);
            if (!attributes.isRegularFile()) {
                return Optional.empty();
            }
            // to read as well: else a pipe in its place would block
            try (FileChannel channel =
                            file.open(StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                return lock == null ? Optional.empty() : Optional.ofNullable(attributes.fileKey());
            }
        } catch (IOException | OverlappingFileLockException _) {
            return Optional.empty(); // gone, of another user, or of this process
        }
    }
}
