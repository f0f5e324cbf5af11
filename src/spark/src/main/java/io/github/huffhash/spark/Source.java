package io.github.huffhash.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file to be read, as it was when the job began.
 *
 * @param name what the command line has, and in a folder the name below it
 * @param relative the last name, and in a folder the name below it
 * @param inFolder whether the command line has a folder that it is in
 * @param path where it is, with its file system
 * @param bytes its length
 * @param modified its modification time
 */
record Source(
        String name, String relative, boolean inFolder, String path, long bytes, long modified)
        implements Serializable {

    Path toPath() {
        return new Path(path);
    }

    /** The failure of what has to do with this file, with its name. */
    IOException failure(String message) {
        return new IOException(name + ": " + message);
    }

    /** Fails if the file is not as it was; to be called when it has been read. */
    void requireUnchanged(FileSystem files) throws IOException {
        FileStatus now = files.getFileStatus(toPath());
        if (now.getLen() != bytes || now.getModificationTime() != modified) {
            throw failure("changed while it was read");
        }
    }

    /**
     * The files that arguments stand for. A folder stands for all files below it; those whose names
     * begin with {@code .} or {@code _} are left out, as Hadoop does.
     *
     * @throws IOException if there is no such file
     */
    static List<Source> of(List<String> arguments, Configuration configuration) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (String argument : arguments) {
            Path path = new Path(argument);
            FileSystem files = path.getFileSystem(configuration);
            FileStatus status = files.getFileStatus(path);
            if (status.isFile()) {
                sources.add(of(argument, path.getName(), false, status));
            } else {
                List<Source> found = new ArrayList<>();
                addAll(argument.replaceFirst("/+$", ""), "", files, status, found);
                found.sort(Comparator.comparing(Source::relative));
                sources.addAll(found);
            }
        }
        return sources;
    }

    private static void addAll(
            String folder, String prefix, FileSystem files, FileStatus status, List<Source> found)
            throws IOException {
        for (FileStatus child : files.listStatus(status.getPath())) {
            String name = child.getPath().getName();
            if (name.startsWith(".") || name.startsWith("_")) {
                continue;
            }
            if (child.isDirectory()) {
                addAll(folder, prefix + name + "/", files, child, found);
            } else {
                found.add(of(folder + "/" + prefix + name, prefix + name, true, child));
            }
        }
    }

    private static Source of(String name, String relative, boolean inFolder, FileStatus status) {
        return new Source(
                name,
                relative,
                inFolder,
                status.getPath().toString(),
                status.getLen(),
                status.getModificationTime());
    }
}
