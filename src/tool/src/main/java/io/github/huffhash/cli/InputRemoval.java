package io.github.huffhash.cli;

import io.github.huffhash.io.FileFailure;
import io.github.huffhash.io.Place;
import io.github.huffhash.io.TemporaryFiles;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The removal of an input once its output is safe. Only the very file that was read is removed, as
 * it was then.
 *
 * @param place where it is
 */
record InputRemoval(Place place) {
    /**
     * Plans to remove a file.
     *
     * @throws FileFailure if it is a link, no regular file, or has other names
     */
    static InputRemoval of(Place place) throws FileFailure {
        String name = place.name();
        try {
            BasicFileAttributes attributes = place.attributes(false);
            if (attributes.isSymbolicLink()) {
                throw new FileFailure(name, "is a symbolic link; --rm removes none");
            }
            if (!attributes.isRegularFile()) {
                throw new FileFailure(name, "is not a regular file; --rm removes no other");
            }
            if (place.links() > 1) {
                throw new FileFailure(name, "has other hard links; --rm removes none of them");
            }
            return new InputRemoval(place);
        } catch (IOException e) {
            throw FileFailure.of(name, e);
        }
    }

    /**
     * Removes it.
     *
     * @param read what was opened and read
     * @throws FileFailure if it is not what it was, or cannot be removed
     */
    void delete(BasicFileAttributes read) throws FileFailure {
        String name = place.name();
        try {
            if (!place.isStill(read, false)
                    || !TemporaryFiles.deleteIf(place, aside -> aside.isStill(read, false))) {
                throw new FileFailure(name, "was changed meanwhile; not removed");
            }
        } catch (FileFailure e) {
            throw e;
        } catch (IOException e) {
            throw new FileFailure(name, "not removed: " + FileFailure.reason(e));
        }
    }
}
