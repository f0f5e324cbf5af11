package io.github.huffhash.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileMetadataTest {
    @ParameterizedTest
    @CsvSource({
        "rw-r--r--, rw-r--r--",
        "rwxr-xr-x, rwxr-xr-x",
        "rw-r-----, rw-------",
        "rw----r--, rw-------",
        "rwxrwxr-x, rwxr-xr-x",
        "rwxr-x--x, rwx--x--x",
        "rwx-wxr-x, rwx--x--x"
    })
    void withAnotherGroupTheGroupAndOthersKeepOnlyWhatBothHad(String before, String after) {
        var permissions = PosixFilePermissions.fromString(before);

        FileMetadata.restrictToCommon(permissions);

        assertThat(PosixFilePermissions.toString(permissions)).isEqualTo(after);
    }
}
