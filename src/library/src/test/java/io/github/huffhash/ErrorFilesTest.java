package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One file a fault: testdata/errors, written by scripts/MakeZstdFiles.java. The table says at which
 * offset each is refused and with what words, and whether libzstd refuses it too.
 */
class ErrorFilesTest {
    private static final int MAX_BYTES = 1 << 20;

    record ErrorFile(String name, long offset, String message, String libzstd) {
        byte[] bytes() {
            return Testdata.bytes("errors/" + name);
        }

        /** The name up to the first dot; what follows is the kind of it. */
        String fault() {
            return name.substring(0, name.indexOf('.'));
        }

        String messageWithoutNumbers() {
            return message.replaceAll("\\b[0-9a-f]{8}\\b|[0-9]+", "#");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<ErrorFile> files() {
        return Testdata.table("errors/errors.tsv")
                .map(row ->
                        new ErrorFile(
                                row.get(0), Long.parseLong(row.get(1)), row.get(2), row.get(3)));
    }

    @Test
    void theTableListsEveryFile() {
        assertThat(files().map(ErrorFile::name))
                .containsExactlyElementsOf(Testdata.names("errors", ".zst"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefusedWithItsOffsetAndReason(ErrorFile file) {
        assertThatThrownBy(() -> Decoders.all(file.bytes(), MAX_BYTES))
                .isInstanceOfSatisfying(
                        HuffhashFormatException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(file.message());
                            assertThat(e.offset()).isEqualTo(file.offset());
                            assertThat(e.isTrailingData())
                                    .isEqualTo(e.reason().contains("after the last frame"));
                            assertThat(e)
                                    .hasMessage("offset " + e.offset() + ": " + file.message());
                        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void libzstdAgreesUnlessTheTableSaysWhyNot(ErrorFile file) {
        boolean wholeRefused;
        try (var libzstd = new Libzstd(MAX_BYTES)) {
            wholeRefused = libzstd.decode(file.bytes()).isEmpty();
        }
        boolean streamRefused = Libzstd.decodeStream(file.bytes()).isEmpty();
        switch (file.libzstd().replaceFirst(":.*", "")) {
            case "refused" -> assertThat(wholeRefused).isTrue();
            case "refused as a stream" -> {
                assertThat(wholeRefused).isFalse();
                assertThat(streamRefused).isTrue();
            }
            case "read" -> {
                assertThat(wholeRefused).isFalse();
                assertThat(streamRefused).isFalse();
            }
            default -> assertThat(file.libzstd()).isEqualTo("refused");
        }
    }

    @Test
    void eachFaultHasWordsOfItsOwn() {
        Map<String, Set<String>> words =
                files().collect(
                                Collectors.groupingBy(
                                        ErrorFile::fault,
                                        Collectors.mapping(
                                                ErrorFile::messageWithoutNumbers,
                                                Collectors.toSet())));
        assertThat(words.values()).allSatisfy(all -> assertThat(all).hasSize(1));
        List<String> different = words.values().stream().flatMap(Set::stream).toList();
        assertThat(different).doesNotHaveDuplicates();
    }
}
