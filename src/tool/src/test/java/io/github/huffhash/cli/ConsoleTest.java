package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", " two  spaces ", "na\u00efve", "\ud83d\ude00", "\\", "'"})
    void whatCanBePrintedStaysAsItIs(String name) {
        assertThat(Console.printable(name)).isEqualTo(name);
    }

    @Test
    void controlCharactersAreWrittenAsEscapes() {
        assertThat(Console.printable("a\nb\r\tc\u0000\u001b[31m\u007f\u0085"))
                .isEqualTo("a\\nb\\r\\tc\\x00\\x1b[31m\\x7f\\x85");
    }

    @Test
    void whatFollowsAnEscapeIsKept() {
        assertThat(Console.printable("\n\ud83d\ude00\u00e9")).isEqualTo("\\n\ud83d\ude00\u00e9");
    }
}
