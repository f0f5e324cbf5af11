package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of docs/lessons.md, and the shape of what they print. */
class LessonsTest {
    private static final String PROMPT = "$ ./huffhash ";
    private static final Path ROOT = Files.exists(Path.of("docs")) ? Path.of("") : Path.of("../..");

    /**
     * A command and what the docs say it prints.
     *
     * @param arguments the command line
     * @param output its lines
     */
    record Command(String arguments, List<String> output) {
        @Override
        public String toString() {
            return arguments;
        }
    }

    static Stream<Command> commands() throws IOException {
        List<Command> commands = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(ROOT.resolve("docs/lessons.md"))) {
            if (line.startsWith("```")) {
                inside = !inside;
            } else if (inside && line.startsWith(PROMPT)) {
                commands.add(new Command(line.substring(PROMPT.length()), new ArrayList<>()));
            } else if (inside) {
                commands.getLast().output().add(line);
            }
        }
        assertThat(commands).hasSizeGreaterThan(8);
        return commands.stream();
    }

    /** One run each, on less input: that is faster and has the same shape. */
    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandPrintsWhatTheDocsShowButForTheFigures(Command command) throws Exception {
        String once =
                command.arguments()
                        .replaceAll("--runs=\\d+", "--runs=1")
                        .replaceAll("--rounds=\\d+", "--rounds=1")
                        .replace("uniform_1MB.bin", "uniform_100KB.bin");
        Cli.Outcome outcome = Cli.huffhash(once.split(" ", -1)).in(ROOT.toAbsolutePath()).run();

        assertThat(shape((outcome.out() + outcome.err()).lines().toList()))
                .isEqualTo(shape(command.output()));
    }

    /** Figures, dashes instead of them, bars and widths do not belong to the shape. */
    private static List<String> shape(List<String> lines) {
        return lines.stream()
                .filter(line ->
                        !line.contains("cores take turns") && !line.contains("more threads"))
                .map(line ->
                        line.replaceAll("uniform_\\w+", "uniform")
                                .replaceAll("[█#]+", "|")
                                .replaceAll("(?<![\\w-])-?[0-9][0-9,.]*[*]?x?|(?<= )-(?= |$)", "0")
                                .replaceAll("cores|core", "cores")
                                .replaceAll("runs?\\b|rounds?\\b", "rounds")
                                .replaceAll("threads? inside", "threads inside")
                                .replaceAll(" +", " ")
                                .strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
