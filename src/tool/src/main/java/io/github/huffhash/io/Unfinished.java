package io.github.huffhash.io;

import io.github.huffhash.io.Descriptors.Descriptor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that is being written.
 *
 * @param place where it is
 * @param channel to write and read it
 * @param lock tells other processes that it is being written, where the file system has locks
 * @param key identifies it, whatever its name
 * @param descriptor a path to the open file, where the system has such paths
 */
public record Unfinished(
        Place place,
        FileChannel channel,
        Optional<FileLock> lock,
        Object key,
        Optional<Path> descriptor) {

    /**
     * Locks a file that was just made. The caller holds {@link Descriptors#LOCK}.
     *
     * @throws NoSuchFileException if another process has deleted it, or is about to: that has taken
     *     it for an abandoned one
     */
    static Unfinished locked(Place place, FileChannel channel) throws IOException {
        Optional<FileLock> lock = lock(channel);
        Object key = place.key();
        Optional<Path> descriptor = Descriptors.of(channel, key).map(Descriptor::path);
        return new Unfinished(place, channel, lock, key, descriptor);
    }

    private static Optional<FileLock> lock(FileChannel channel) throws NoSuchFileException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (IOException _) {
            return Optional.empty();
        }
        if (lock == null) {
            throw new NoSuchFileException(null, null, "locked by another process");
        }
        return Optional.of(lock);
    }

    /** Opens it once more. */
    FileChannel openAgain() throws IOException {
        OpenOption[] how = {StandardOpenOption.READ, StandardOpenOption.WRITE};
        return descriptor.isPresent() ? FileChannel.open(descriptor.get(), how) : place.open(how);
    }

    /**
     * Takes the lock again: the process has lost it when any descriptor of the file was closed, as
     * happens where the times of an open file are set.
     *
     * @param open an open channel of the file, on which the lock stays
     */
    void lockAgain(FileChannel open) throws IOException {
        if (lock.isPresent()) {
            if (channel.isOpen()) {
                lock.get().release();
            }
            open.lock();
        }
    }
}
