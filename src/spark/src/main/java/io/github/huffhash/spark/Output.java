package io.github.huffhash.spark;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;

/**
 * A file that tasks write in parts. The parts are in a folder of their own beside it; each attempt
 * of a task writes a part of its own, and the driver takes those that tasks returned. They become
 * one file, by {@code concat} where the file system has it, which gets its name last. Closing
 * deletes the folder.
 */
final class Output implements Closeable {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int DELETIONS = 5;

    private final Path target;
    private final boolean force;
    private final Configuration configuration;
    private final FileSystem files;
    private final Path folder;

    /**
     * A part.
     *
     * @param path where it is
     * @param bytes its length
     */
    record Part(String path, long bytes) implements Serializable {}

    /** Writes a part's content. */
    @FunctionalInterface
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    /**
     * Makes the folder.
     *
     * @throws IOException if the target exists and is not to be replaced
     */
    Output(Path target, boolean force, Configuration configuration) throws IOException {
        this.force = force;
        this.configuration = configuration;
        files = target.getFileSystem(configuration);
        this.target = files.makeQualified(target);
        if (files.exists(target) && (!force || files.getFileStatus(target).isDirectory())) {
            throw new FileAlreadyExistsException(
                    target + ": already exists" + (force ? " as a folder" : "; -f replaces it"));
        }
        files.setWriteChecksum(false); // no .crc files beside local outputs
        folder = new Path(this.target.getParent(), ".huffhash-" + UUID.randomUUID());
        files.mkdirs(folder);
        files.deleteOnExit(folder);
    }

    Path target() {
        return target;
    }

    /** The folder of the parts. */
    String folder() {
        return folder.toString();
    }

    /** Writes a part, in a task. */
    static Part write(String folder, int index, Configuration configuration, Writer writer)
            throws IOException {
        long attempt = TaskContext.get().taskAttemptId();
        Path path = new Path(folder, "%05d-%d".formatted(index, attempt));
        FileSystem files = path.getFileSystem(configuration);
        files.setWriteChecksum(false);
        try (OutputStream out = create(path, files)) {
            writer.write(out);
        } catch (IOException | RuntimeException | Error e) {
            deleteQuietly(files, path, e);
            throw e;
        }
        return new Part(path.toString(), files.getFileStatus(path).getLen());
    }

    /** The folder is not made once more: a late task of a failed job leaves nothing. */
    private static OutputStream create(Path path, FileSystem files) throws IOException {
        return files.createNonRecursive(
                path,
                true,
                BUFFER_BYTES,
                files.getDefaultReplication(path),
                files.getDefaultBlockSize(path),
                null);
    }

    private static void deleteQuietly(FileSystem files, Path path, Throwable because) {
        try {
            files.delete(path, false);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /**
     * Makes the file of its parts, and gives it its name.
     *
     * @param end bytes behind the last part
     */
    void publish(List<Part> parts, byte[] end) throws IOException {
        Path whole =
                files.hasPathCapability(folder, CommonPathCapabilities.FS_CONCAT)
                        ? concatenated(parts, end)
                        : appended(parts, end);
        long bytes = end.length + parts.stream().mapToLong(Part::bytes).sum();
        long actual = files.getFileStatus(whole).getLen();
        if (actual != bytes) {
            throw new IOException(
                    "%s: has %d bytes instead of %d".formatted(target, actual, bytes));
        }
        if (files instanceof ChecksumFileSystem local) { // of a former file
            local.getRawFileSystem().delete(local.getChecksumFile(target), false);
        }
        FileContext.getFileContext(files.getUri(), configuration)
                .rename(whole, target, force ? Rename.OVERWRITE : Rename.NONE);
    }

    private Path concatenated(List<Part> parts, byte[] end) throws IOException {
        List<Path> paths = new ArrayList<>();
        parts.forEach(part -> paths.add(new Path(part.path())));
        if (end.length > 0) {
            Path path = new Path(folder, "end");
            try (OutputStream out = create(path, files)) {
                out.write(end);
            }
            paths.add(path);
        }
        Path first = paths.remove(0);
        if (!paths.isEmpty()) {
            files.concat(first, paths.toArray(Path[]::new));
        }
        return first;
    }

    private Path appended(List<Part> parts, byte[] end) throws IOException {
        if (parts.size() == 1 && end.length == 0) {
            return new Path(parts.get(0).path());
        }
        Path whole = new Path(folder, "whole");
        byte[] buffer = new byte[BUFFER_BYTES];
        try (OutputStream out = create(whole, files)) {
            for (Part part : parts) {
                Path path = new Path(part.path());
                try (FSDataInputStream in = files.open(path)) {
                    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                        out.write(buffer, 0, count);
                    }
                }
                files.delete(path, false);
            }
            out.write(end);
        }
        return whole;
    }

    /** Deletes the folder, also while a late task writes into it. */
    @Override
    public void close() throws IOException {
        for (int i = 1; files.exists(folder); i++) {
            try {
                files.delete(folder, true);
            } catch (IOException e) {
                if (i == DELETIONS) {
                    throw e;
                }
            }
        }
        files.cancelDeleteOnExit(folder);
    }
}
