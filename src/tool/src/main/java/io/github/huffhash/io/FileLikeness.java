package io.github.huffhash.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
import java.util.Optional;
import java.util.Set;

/**
 * What one file takes over from another: time of modification, owner, group and permissions.
 * Without the group, the permissions of the group would let other people in.
 */
public final class FileLikeness {
    private static final Set<PosixFilePermission> OF_GROUP =
            Set.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.GROUP_EXECUTE);

    private final Optional<FileTime> modified;
    private final Optional<PosixFileAttributes> posix;

    private FileLikeness(Optional<FileTime> modified, Optional<PosixFileAttributes> posix) {
        this.modified = modified;
        this.posix = posix;
    }

    /** That of a file which may be reached through links. */
    public static FileLikeness of(Path file) throws IOException {
        BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileLikeness(Optional.of(basic.lastModifiedTime()), posix(file));
    }

    /** The permissions of a new file, without its time. */
    static FileLikeness ofNew(Path file) throws IOException {
        return new FileLikeness(Optional.empty(), posix(file));
    }

    private static Optional<PosixFileAttributes> posix(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Optional.of(Files.readAttributes(file, PosixFileAttributes.class))
                : Optional.empty();
    }

    /**
     * Gives it to a file, as far as the file system and this process's rights allow: a file that
     * cannot have it all is still whole, and lets no more people in.
     */
    void giveTo(Path file) {
        boolean sameGroup = posix.isPresent() && giveGroup(file, posix.get().group());
        if (posix.isPresent()) {
            giveOwner(file, posix.get().owner());
        }
        if (modified.isPresent()) {
            giveTime(file, modified.get());
        }
        if (posix.isPresent()) {
            Set<PosixFilePermission> permissions = new HashSet<>(posix.get().permissions());
            if (!sameGroup) {
                permissions.removeAll(OF_GROUP);
            }
            givePermissions(file, permissions);
        }
    }

    /** Whether it belongs to that group now. */
    private static boolean giveGroup(Path file, GroupPrincipal group) {
        try {
            PosixFileAttributeView view = posixView(file);
            if (!view.readAttributes().group().equals(group)) {
                view.setGroup(group);
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static void giveOwner(Path file, UserPrincipal owner) {
        try {
            PosixFileAttributeView view = posixView(file);
            if (!view.getOwner().equals(owner)) {
                view.setOwner(owner);
            }
        } catch (IOException _) {
            // only the system's administrator can give files away
        }
    }

    private static void giveTime(Path file, FileTime time) {
        try {
            Files.getFileAttributeView(
                            file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(time, time, null);
        } catch (IOException _) {
            // it keeps its own, then
        }
    }

    private static void givePermissions(Path file, Set<PosixFilePermission> permissions) {
        try {
            posixView(file).setPermissions(permissions);
        } catch (IOException _) {
            // it stays its owner's alone, then
        }
    }

    private static PosixFileAttributeView posixView(Path file) {
        return Files.getFileAttributeView(
                file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
