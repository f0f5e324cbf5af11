package io.github.huffhash.cli;

import io.github.huffhash.io.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Removes an input once its output is on disk: only the file that was read, if unchanged. */
final class InputRemoval {
    private final String name;
    private final Path path;
    private final BasicFileAttributes before;

    private InputRemoval(String name, Path path, BasicFileAttributes before) {
        this.name = name;
        this.path = path;
        this.before = before;
    }

    /**
     * Looks at the file before it is read.
     *
     * @throws FileFailure if it is a link, not a regular file, or has other hard links
     */
    static InputRemoval of(String name) throws FileFailure {
        try {
            Path path = Path.of(name);
            var removal = new InputRemoval(name, path, attributes(path));
            if (removal.before.isSymbolicLink()) {
                throw new FileFailure(name, "is a symbolic link; --rm removes none");
            }
            if (!removal.before.isRegularFile()) {
                throw new FileFailure(name, "is not a regular file; --rm removes no other");
            }
            removal.refuseOtherNames();
            return removal;
        } catch (InvalidPathException e) {
            throw new FileFailure(name, "invalid file name: " + e.getReason());
        } catch (FileFailure e) {
            throw e;
        } catch (IOException e) {
            throw new FileFailure(name, e);
        }
    }

    private void refuseOtherNames() throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                        instanceof Integer links
                && links > 1) {
            throw new FileFailure(name, "has other hard links; --rm removes none of them");
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Deletes the input.
     *
     * @throws FileFailure if it has changed, or cannot be deleted
     */
    void delete() throws FileFailure {
        try {
            BasicFileAttributes now = attributes(path);
            if (!String.valueOf(now.fileKey()).equals(String.valueOf(before.fileKey()))
                    || now.size() != before.size()
                    || !now.lastModifiedTime().equals(before.lastModifiedTime())) {
                throw new FileFailure(name, "was changed meanwhile; not removed");
            }
            Files.delete(path);
        } catch (FileFailure e) {
            throw e;
        } catch (IOException e) {
            throw new FileFailure(name, "not removed: " + FileFailure.reason(e));
        }
    }
}
