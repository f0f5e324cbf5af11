package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that are unusual and yet right: testdata/valid, written by scripts/MakeZstdFiles.java, and
 * with libzstd by scripts/MakeLibzstdFiles.java. The table says what each consists of and holds.
 */
class ValidFilesTest {
    private static final int MAX_BYTES = 1 << 20;

    record ValidFile(String name, int length, String sha256, String anatomy) {
        byte[] bytes() {
            return Testdata.bytes("valid/" + name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<ValidFile> files() {
        return Testdata.table("valid/valid.tsv")
                .map(row ->
                        new ValidFile(
                                row.get(0), Integer.parseInt(row.get(1)), row.get(2), row.get(3)));
    }

    @Test
    void theTableListsEveryFile() {
        assertThat(files().map(ValidFile::name))
                .containsExactlyElementsOf(Testdata.names("valid", ".zst"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void isReadAsLibzstdReadsIt(ValidFile file)
            throws HuffhashFormatException, NoSuchAlgorithmException {
        byte[] content = Decoders.all(file.bytes(), MAX_BYTES);
        assertThat(content).hasSize(file.length());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(file.sha256());
        try (var libzstd = new Libzstd(MAX_BYTES)) {
            assertThat(libzstd.decode(file.bytes())).hasValue(content);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void consistsOfWhatTheTableSays(ValidFile file) {
        var parts = new LinkedHashSet<>(Anatomy.of(file.bytes()));
        assertThat(String.join("; ", parts)).isEqualTo(file.anatomy());
    }
}
