package io.github.huffhash.io;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.io.function.IORunnable;

/**
 * What an output takes over from its input: time of modification, owner, group and permissions.
 *
 * @param modified if it has one
 * @param posix where the file system has such attributes
 * @param owners numbers of owner and group, or nothing if they are not known; their names take
 *     longer to look up than small files to compress
 */
public record FileMetadata(
        Optional<FileTime> modified,
        Optional<PosixFileAttributes> posix,
        Map<String, Object> owners) {
    /**
     * That of a file with these attributes.
     *
     * @param open a path to the file
     */
    static FileMetadata of(BasicFileAttributes attributes, Optional<Path> open) {
        return new FileMetadata(
                Optional.of(attributes.lastModifiedTime()), posix(attributes), owners(open));
    }

    private static Map<String, Object> owners(Optional<Path> open) {
        try {
            return open.isPresent() ? Files.readAttributes(open.get(), "unix:uid,gid") : Map.of();
        } catch (IOException | UnsupportedOperationException _) {
            return Map.of();
        }
    }

    /** The permissions of a new file, without its time. */
    public static FileMetadata ofNew(BasicFileAttributes attributes) {
        return new FileMetadata(Optional.empty(), posix(attributes), Map.of());
    }

    private static Optional<PosixFileAttributes> posix(BasicFileAttributes attributes) {
        return attributes instanceof PosixFileAttributes posix
                ? Optional.of(posix)
                : Optional.empty();
    }

    /**
     * Gives it to a file, as far as the file system and this process's rights allow: a file that
     * cannot have it all is still whole, and grants no additional access.
     *
     * @param open a path to the file
     */
    void applyTo(BasicFileAttributeView file, Optional<Path> open) {
        if (file instanceof PosixFileAttributeView view && posix.isPresent()) {
            boolean sameGroup = true;
            if (owners.isEmpty() || !owners.equals(owners(open))) {
                sameGroup = attempt(() -> setGroup(view, posix.get().group()));
                attempt(() -> setOwner(view, posix.get().owner()));
            }
            attempt(() -> setTime(view));
            Set<PosixFilePermission> permissions = new HashSet<>(posix.get().permissions());
            if (!sameGroup) {
                restrictToCommon(permissions);
            }
            // the last: an owner may not write after it
            attempt(() -> view.setPermissions(permissions));
        } else {
            attempt(() -> setTime(file));
        }
    }

    /**
     * Leaves the group and others only what both had: members of a new group were others before,
     * and members of the old group are others now.
     */
    static void restrictToCommon(Set<PosixFilePermission> permissions) {
        for (String right : List.of("READ", "WRITE", "EXECUTE")) {
            List<PosixFilePermission> both =
                    List.of(
                            PosixFilePermission.valueOf("GROUP_" + right),
                            PosixFilePermission.valueOf("OTHERS_" + right));
            if (!permissions.containsAll(both)) {
                both.forEach(permissions::remove);
            }
        }
    }

    private static void setGroup(PosixFileAttributeView file, GroupPrincipal group)
            throws IOException {
        if (!file.readAttributes().group().equals(group)) {
            file.setGroup(group);
        }
    }

    /** Only the system's administrator can give files away. */
    private static void setOwner(PosixFileAttributeView file, UserPrincipal owner)
            throws IOException {
        if (!file.getOwner().equals(owner)) {
            file.setOwner(owner);
        }
    }

    private void setTime(BasicFileAttributeView file) throws IOException {
        if (modified.isPresent()) {
            FileTime time = modified.get();
            long seconds = time.toInstant().getEpochSecond();
            // of an earlier time with a fraction, the JDK makes 1970
            file.setTimes(seconds < 0 ? FileTime.from(seconds, SECONDS) : time, null, null);
        }
    }

    /** Whether a change was allowed; if not, the file keeps what it has. */
    private static boolean attempt(IORunnable change) {
        try {
            change.run();
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
