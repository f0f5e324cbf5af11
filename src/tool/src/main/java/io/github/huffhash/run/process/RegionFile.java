package io.github.huffhash.run.process;

import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Place;
import io.github.huffhash.io.TemporaryFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file behind the shared memory. Its name names its owner's process and cannot be guessed;
 * nobody else may read it; it is gone when its owner closes it, ends, or is told to end, and else
 * the next run removes it.
 */
final class RegionFile implements AutoCloseable {
    private static final Pattern NAME =
            Pattern.compile("huffhash-([0-9]{1,18})-[0-9a-f]{32}\\.region");
    private static final int CHUNK_BYTES = 1 << 16;

    private final Path path;
    private final Place place;

    private RegionFile(Path path) throws FileFailure {
        this.path = path;
        place = Place.of(path.toString());
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

    /**
     * Makes a file of zeros in the first directory that has room for it, and removes those that
     * dead owners left there.
     *
     * @throws IOException if no directory has; its message names each and its reason
     */
    static RegionFile create(List<Path> directories, long bytes) throws IOException {
        var reasons = new StringBuilder();
        for (Path directory : directories) {
            sweep(directory);
            Path path =
                    directory.resolve(
                            "huffhash-"
                                    + ProcessHandle.current().pid()
                                    + "-"
                                    + TemporaryFiles.unguessable()
                                    + ".region");
            try {
                var file = new RegionFile(path);
                file.fillOrClose(bytes);
                return file;
            } catch (ClosedByInterruptException e) {
                throw new FileFailure(path.toString(), e);
            } catch (IOException e) {
                reasons.append(reasons.isEmpty() ? "" : "; ")
                        .append(directory)
                        .append(": ")
                        .append(FileFailure.reason(e));
            }
        }
        throw new IOException("no room for " + bytes + " bytes of shared memory (" + reasons + ")");
    }

    private void fillOrClose(long bytes) throws IOException {
        try {
            fill(bytes);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Writes every byte: what is only reserved could turn out not to exist while it is mapped, and
     * end the JVM.
     */
    private void fill(long bytes) throws IOException {
        try (FileChannel channel = TemporaryFiles.create(place, false)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
            for (long left = bytes; left > 0; left -= zeros.position()) {
                zeros.clear().limit((int) Math.min(left, CHUNK_BYTES));
                while (zeros.hasRemaining()) {
                    channel.write(zeros);
                }
            }
        }
    }

    /** Removes the files whose owners are gone. What cannot be removed is somebody else's. */
    static void sweep(Path directory) {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory, "huffhash-*.region")) {
            for (Path file : files) {
                if (isLeftOver(file)) {
                    remove(file);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // nothing depends on it
        }
    }

    private static boolean isLeftOver(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches()
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty();
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // the next run tries again
        }
    }

    Path path() {
        return path;
    }

    /** Maps the whole file, for as long as the arena lives. */
    static MemorySegment map(Path path, Arena arena) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)) {
            return channel.map(MapMode.READ_WRITE, 0, channel.size(), arena);
        }
    }

    @Override
    public void close() throws IOException {
        TemporaryFiles.delete(place);
        place.close();
    }
}
