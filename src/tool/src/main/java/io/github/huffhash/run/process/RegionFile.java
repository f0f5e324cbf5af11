package io.github.huffhash.run.process;

import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Place;
import io.github.huffhash.io.TemporaryFiles;
import io.github.huffhash.io.Unfinished;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The file behind the shared memory, readable by its owner's user alone.
 *
 * <p>Where other processes can open this process's descriptors, it has no name: it is gone when the
 * last process that has it open ends, however that ends, and no other process can delete it.
 * Elsewhere it is a {@linkplain TemporaryFiles temporary file} with a name and a lock, which a
 * later run deletes if this process is killed.
 */
public final class RegionFile implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 16;

    private final Place directory;
    private final Unfinished file;
    private final Path path;

    private RegionFile(Place directory, Unfinished file, Path path) {
        this.directory = directory;
        this.file = file;
        this.path = path;
    }

    /**
     * Where region files are made: in memory where there is a file system for that, else where
     * temporary files go.
     */
    static List<Path> directories() {
        List<Path> directories = new ArrayList<>();
        Path memory = Path.of("/dev/shm");
        if (Files.isDirectory(memory)) {
            directories.add(memory);
        }
        directories.add(Path.of(System.getProperty("java.io.tmpdir")));
        return directories;
    }

    /** Makes a file of zeros where there is room for it. */
    public static RegionFile create(long bytes) throws IOException {
        return create(directories(), bytes, false);
    }

    /**
     * Makes a file of zeros in the first directory that has room for it.
     *
     * @param named whether it keeps its name, as where descriptors cannot be opened
     * @throws IOException if no directory has; its message names each and its reason
     */
    static RegionFile create(List<Path> directories, long bytes, boolean named) throws IOException {
        List<IOException> failures = new ArrayList<>();
        var reasons = new StringJoiner("; ", "(", ")");
        for (Path directory : directories) {
            try {
                return create(directory, bytes, named);
            } catch (ClosedByInterruptException e) {
                throw new FileFailure(directory.toString(), e);
            } catch (IOException e) {
                reasons.add(directory + ": " + FileFailure.reason(e));
                failures.add(e);
            }
        }
        var failure =
                new IOException("no room for " + bytes + " bytes of shared memory " + reasons);
        failures.forEach(failure::addSuppressed);
        throw failure;
    }

    private static RegionFile create(Path directory, long bytes, boolean named) throws IOException {
        Place place = Place.of(directory.resolve("region").toString());
        Unfinished made;
        try {
            made = TemporaryFiles.createBeside(place, false);
        } catch (IOException e) {
            place.close();
            throw e;
        }
        Optional<Path> descriptor =
                named ? Optional.empty() : made.descriptor().flatMap(RegionFile::forOthers);
        if (descriptor.isPresent()) {
            TemporaryFiles.delete(made.place());
        }
        Path name = directory.resolve(made.place().lastName());
        var file = new RegionFile(place, made, descriptor.orElse(name));
        try {
            file.fill(bytes);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** The path by which any process can open this process's descriptor of a file. */
    private static Optional<Path> forOthers(Path own) {
        try {
            // "self" is another process to others, with a number of the namespace of /proc
            Path path = Place.parent(own).toRealPath().resolve(own.getFileName());
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
            return Optional.of(path);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /**
     * Writes every byte: what is only reserved could turn out not to exist while it is mapped, and
     * end the JVM.
     */
    private void fill(long bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
        for (long left = bytes; left > 0; left -= zeros.position()) {
            zeros.clear().limit((int) Math.min(left, CHUNK_BYTES));
            while (zeros.hasRemaining()) {
                file.channel().write(zeros);
            }
        }
    }

    /** By this path workers open the file, as long as this process has not closed it. */
    public Path path() {
        return path;
    }

    /** Maps the whole file, for as long as the arena lives. */
    public MemorySegment map(Arena arena) throws IOException {
        return map(file.channel(), arena); // closing another channel would release the lock
    }

    /** Maps a whole file that another process has made. */
    public static MemorySegment map(Path path, Arena arena) throws IOException {
        try (var channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return map(channel, arena);
        }
    }

    private static MemorySegment map(FileChannel channel, Arena arena) throws IOException {
        return channel.map(MapMode.READ_WRITE, 0, channel.size(), arena);
    }

    @Override
    public void close() throws IOException {
        TemporaryFiles.delete(file.place());
        file.channel().close();
        directory.close();
    }
}
