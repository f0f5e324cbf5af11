package io.github.huffhash.io;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** What went wrong with a file: its name as the user gave it, and the reason in a few words. */
public final class FileFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final String reason;

    /** A failure with a reason of our own. */
    public FileFailure(String file, String reason) {
        super(file + ": " + reason);
        this.file = file;
        this.reason = reason;
    }

    /** A failure that the system reported. */
    public FileFailure(String file, IOException cause) {
        this(file, reason(cause), cause);
    }

    /** The same with more words. */
    FileFailure(String file, String reason, IOException cause) {
        super(file + ": " + reason, cause);
        this.file = file;
        this.reason = reason;
    }

    /** The failure itself if it names its file, else one that names this one. */
    public static FileFailure of(String file, IOException failure) {
        return failure instanceof FileFailure named ? named : new FileFailure(file, failure);
    }

    /** The file's name as the user gave it. */
    public String file() {
        return file;
    }

    /** What is wrong, without the name. */
    public String reason() {
        return reason;
    }

    /** The reason of any failure in a few words, without the file's name. */
    public static String reason(IOException cause) {
        return switch (cause) {
            case FileFailure e -> e.reason();
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemLoopException _ -> "too many symbolic links";
            case NotDirectoryException _ -> "Not a directory";
            case ClosedByInterruptException _ -> "interrupted";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default ->
                    Optional.ofNullable(cause.getMessage())
                            .orElseGet(() -> cause.getClass().getSimpleName());
        };
    }
}
