package io.github.huffhash.cli;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes a man page of each command from its options and its help. picocli's own generator makes
 * AsciiDoc, which another program would have to convert.
 */
public final class ManPages {
    private static final String EXAMPLES = "Examples:";

    private ManPages() {}

    /**
     * Writes them.
     *
     * @param args the folder that gets them, and the version of the program
     */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        CommandLine whole = Main.wholeCommandLine();
        write(folder, SignatureCommand.NAME, whole.getCommandSpec(), args[1]);
        for (CommandLine each : whole.getSubcommands().values()) {
            CommandSpec spec = each.getCommandSpec();
            write(folder, Command.program(spec).replace(' ', '-'), spec, args[1]);
        }
        for (String link : List.of("unhzstd", "hzstdcat")) {
            Files.writeString(folder.resolve(link + ".1"), ".so man1/hzstd.1\n");
        }
    }

    private static void write(Path folder, String name, CommandSpec spec, String version)
            throws IOException {
        var usage = spec.usageMessage();
        List<String> footer = List.of(usage.footer());
        int examples = footer.indexOf(EXAMPLES);
        var page = new StringBuilder();
        page.append(
                ".TH %s 1 \"\" \"huffhash %s\" \"User Commands\"\n"
                        .formatted(escaped(name).toUpperCase(Locale.ROOT), version));
        section(page, "NAME", escaped(name + " - " + decapitalized(usage.header()[0])));
        section(page, "SYNOPSIS", verbatim(List.of(usage.customSynopsis())));
        section(page, "DESCRIPTION", escaped(String.join("\n", footer.subList(0, examples))));
        section(page, "OPTIONS", options(spec));
        if (!spec.subcommands().isEmpty()) {
            section(page, "COMMANDS", commands(spec));
        }
        section(page, "EXAMPLES", verbatim(footer.subList(examples + 1, footer.size())));
        section(
                page,
                "SEE ALSO",
                name.equals(SignatureCommand.NAME)
                        ? ".BR huffhash\\-compress (1),\n.BR hzstd (1),\n.BR zstd (1)"
                        : ".BR huffhash (1),\n.BR zstd (1)");
        Files.writeString(folder.resolve(name + ".1"), page);
    }

    private static void section(StringBuilder page, String title, String text) {
        page.append(".SH ").append(title).append('\n').append(text.strip()).append('\n');
    }

    private static String options(CommandSpec spec) {
        Stream<String> positional =
                spec.positionalParameters().stream()
                        .map(each -> item(italic(each.paramLabel()), each.description()));
        Stream<String> options =
                spec.options().stream()
                        .filter(option -> !option.hidden())
                        .map(option -> item(names(option), option.description()));
        return Stream.concat(positional, options).collect(joining());
    }

    private static String names(OptionSpec option) {
        String names =
                Arrays.stream(option.names())
                        .map(name -> option.negatable() ? name.replace("--", "--[no-]") : name)
                        .map(name -> "\\fB" + escaped(name) + "\\fR")
                        .collect(joining(", "));
        String value = "=" + italic(option.paramLabel());
        if (option.arity().max() == 0) {
            return names;
        }
        return names + (option.arity().min() == 0 ? "[" + value + "]" : value);
    }

    private static String commands(CommandSpec spec) {
        return spec.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .map(each -> item("\\fB" + each.name() + "\\fR", each.usageMessage().header()))
                .collect(joining());
    }

    private static String item(String term, String... description) {
        return ".TP\n" + term + "\n" + escaped(String.join("\n", description)) + "\n";
    }

    private static String italic(String label) {
        return "\\fI" + escaped(label) + "\\fR";
    }

    private static String verbatim(List<String> lines) {
        String text = lines.stream().map(String::strip).collect(joining("\n"));
        return ".nf\n" + escaped(text) + "\n.fi";
    }

    private static String decapitalized(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    /** Text as troff reads it; paragraphs are separated by an empty line. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^([.'])", "\\\\&$1");
    }
}
