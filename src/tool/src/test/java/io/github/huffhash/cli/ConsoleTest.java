package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

    /** Of several files, which may fail at the same time. */
    @Test
    void aStackTraceIsSaidWithItsFailureAndHarmless() {
        List<String> said = new ArrayList<>();
        var console = new Console("huffhash", true, false, false, false, true, said::add);

        assertThat(console.failed("f", new IOException("red \u001b[31m"))).isEqualTo(1);

        assertThat(said).hasSize(1);
        assertThat(said.getFirst())
                .startsWith(
                        "huffhash: f: red \\x1b[31m\njava.io.IOException: red \\x1b[31m\n\tat io.")
                .doesNotEndWith("\n");
    }

    @Test
    void whatFollowsAnEscapeIsKept() {
        assertThat(Console.printable("\n\ud83d\ude00\u00e9")).isEqualTo("\\n\ud83d\ude00\u00e9");
    }
}
