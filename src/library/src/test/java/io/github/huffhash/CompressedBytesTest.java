package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compressed bytes stay as they are: testdata/compressed.tsv has the length and SHA-256 of what the
 * program wrote before its library was rebuilt.
 */
class CompressedBytesTest {
    /** The table is worth its name only if its files have all that is ever written. */
    @Test
    void theFilesHaveEveryKindOfBlock() throws HuffhashFormatException {
        RoundTrips.forgetKinds();
        for (byte[] content : CompressedBytes.contents().values()) {
            for (var options : CompressedBytes.options().values()) {
                RoundTrips.check(content, options);
            }
        }
        RoundTrips.assertEveryKindWasWritten();
    }

    private static Stream<String> contents() {
        return CompressedBytes.contents().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("contents")
    void everyOptionSetWritesTheBytesItAlwaysWrote(String name) {
        byte[] content = Objects.requireNonNull(CompressedBytes.contents().get(name));
        List<List<String>> rows = new ArrayList<>();
        CompressedBytes.options()
                .forEach((options, values) -> {
                    byte[] known = Huffhash.compress(content, values);
                    byte[] unknown = CompressedBytes.stream(content, values, OptionalLong.empty());
                    rows.add(CompressedBytes.row(name, options, "known", known));
                    rows.add(CompressedBytes.row(name, options, "unknown", unknown));
                });
        assertThat(rows)
                .containsExactlyElementsOf(
                        Testdata.table("compressed.tsv")
                                .filter(row -> row.get(0).equals(name))
                                .toList());
    }
}
