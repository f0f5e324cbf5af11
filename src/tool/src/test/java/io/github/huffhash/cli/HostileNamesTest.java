package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.Charset;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileNamesTest {
    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));

    @BeforeEach
    void makeFolder() {
        folder = new Folder(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-x", "--rm", "a\nb", " ", "$(id)", "*", "\\", "n\u00e4\u6f22", "a'b\"c"})
    void aNameIsANameWhateverIsInIt(String name) throws Exception {
        Charset ofNames = Charset.forName(System.getProperty("sun.jnu.encoding"));
        assumeThat(ofNames.newEncoder().canEncode(name)).isTrue();
        folder.contents(name);

        assertThat(folder.run("compress", "--rm", "--", name)).isEqualTo(printed());
        assertThat(folder.names()).containsExactly(name + ".zst");
        assertThat(folder.run("decompress", "--", name + ".zst")).isEqualTo(printed());
        assertThat(folder.hasContent(name)).isTrue();
    }

    @Test
    void aNameOfSeveralLinesIsReportedInOne() throws Exception {
        assertThat(folder.run("compress", "no\nbody\u001b[31m"))
                .isEqualTo(failed("no\\nbody\\x1b[31m: no such file"));
    }

    @Test
    void theLongestNameAFileSystemTakesIsTooLongForItsOutput() throws Exception {
        String name = "n".repeat(255);
        folder.contents(name);

        assertThat(folder.run("compress", name))
                .isEqualTo(failed(name + ".zst: File name too long"));
        assertThat(folder.names()).containsExactly(name);
    }

    @Test
    void aNameThatNoFileCanHaveFailsBeforeTheWork() throws Exception {
        String name = "n".repeat(256);
        folder.contents("no-frame.zst");

        assertThat(folder.run("decompress", "-o", name, "no-frame.zst"))
                .isEqualTo(failed(name + ": File name too long"));
    }

    @Test
    void aLongNameLeavesRoomForTheTemporaryOne() throws Exception {
        String name = "n".repeat(251);
        folder.contents(name);

        assertThat(folder.run("compress", name)).isEqualTo(printed());
        assertThat(folder.names()).containsExactly(name, name + ".zst");
    }

    @Test
    void aPathThroughOtherDirectoriesIsKept() throws Exception {
        folder.contents("sub/a", "b");
        Path sub = path.resolve("sub");

        assertThat(new Folder(sub).run("compress", "../b", "../sub/./a")).isEqualTo(printed());
        assertThat(folder.names()).containsExactly("b", "b.zst", "sub");
        assertThat(new Folder(sub).names()).containsExactly("a", "a.zst");
    }
}
