package io.github.huffhash.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Shows the help of a command. */
final class HelpCommand extends Command {
    /** In a longer name, two letters may be wrong. */
    private static final int SHORT_NAME = 4;

    @Override
    String name() {
        return "help";
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = newSpec();
        spec.addPositional(
                PositionalParamSpec.builder()
                        .paramLabel("COMMAND")
                        .arity("0..1")
                        .type(String.class)
                        .description("The command; without it, the options for signatures.")
                        .build());
        complete(
                spec,
                "Shows the help of a command, as its option --help does.",
                List.of("huffhash help [COMMAND]"),
                "Exit status: 0, or 1 if there is no such command.",
                "",
                "Examples:",
                "  huffhash help compress");
        return spec;
    }

    @Override
    int run(ParseResult result, Console console, StandardOutput output) throws IOException {
        Optional<String> name = Optional.ofNullable(result.matchedPositionalValue(0, null));
        Optional<Command> command = name.map(Main::named).orElse(Optional.of(Main.SIGNATURE));
        if (command.isEmpty()) {
            return Console.noCommand(name.orElseThrow(), similar(name.get()));
        }
        output.line(Main.usage(command.get()));
        return 0;
    }

    /** The command that a mistyped word is likely to mean. */
    static Optional<String> similar(String word) {
        return Main.SUBCOMMANDS.stream()
                .map(Command::name)
                .filter(name -> edits(word, name) <= (name.length() > SHORT_NAME ? 2 : 1))
                .findFirst();
    }

    /** Letters to add, take away, change, or swap with the next, to make one word of the other. */
    private static int edits(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(edits[i - 1][j], edits[i][j - 1]) + 1;
                least = Math.min(least, edits[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, edits[i - 2][j - 2] + 1);
                }
                edits[i][j] = least;
            }
        }
        return edits[a.length()][b.length()];
    }
}
