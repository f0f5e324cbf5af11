package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "1024, 1024",
        "1K, 1024",
        "1KB, 1024",
        "1KiB, 1024",
        "1k, 1024",
        "16K, 16384",
        "2M, 2097152",
        "512MB, 536870912",
        "512MiB, 536870912",
        "3m, 3145728",
        "1G, 1073741824",
        "16g, 17179869184",
        "1GB, 1073741824",
        "1GiB, 1073741824",
        "0G, 0",
        "007, 7",
        "8589934591G, 9223372035781033984",
        "9223372036854775807, 9223372036854775807"
    })
    void aSizeIsANumberOfBytesOrPowersOf1024(String text, long bytes) {
        assertThat(Numbers.parseSize(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "x", "K", "-1", "+1", "1.5K", "1,5K", "1B", "1iB", "1Ki", "1KBB", "1T",
                "0x10", " 1", "1 ", "1 K", "1\n", "\u0663", "1e3"
            })
    void anythingElseIsNotASize(String text) {
        assertThatThrownBy(() -> Numbers.parseSize(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "' is not a size");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "8589934592G",
                "9007199254740992M",
                "999999999999999999K",
                "99999999999999999999G"
            })
    void aSizeBeyond63BitsIsTooLarge(String text) {
        assertThatThrownBy(() -> Numbers.parseSize(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is too large");
    }
}
