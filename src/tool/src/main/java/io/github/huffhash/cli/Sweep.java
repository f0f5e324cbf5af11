package io.github.huffhash.cli;

import io.github.huffhash.cli.Command.UsageException;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.RunSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The runs that a command line asks for whose options have lists of values: every mode with every
 * combination of them. Each combination is parsed as a command line of its own, so that a value in
 * a list is read, and refused, as a single one is.
 *
 * @param swept the options with more than one value, without dashes
 * @param points the runs, by mode, then by the values of the first list
 */
record Sweep(List<String> swept, List<Point> points) {
    private static final int MOST_LISTS = 2;
    private static final List<Mode> ALL =
            List.of(Mode.SINGLE, Mode.THREADS, Mode.PROCESSES, Mode.POOLS, Mode.FAST);

    /**
     * One run.
     *
     * @param run the mode and its settings
     * @param values the values of the swept options that mean something in the mode
     */
    record Point(SignatureRun run, Map<String, String> values) {}

    /** Options of a run whose values may be lists. */
    static void addTo(CommandSpec spec) {
        for (OptionSpec option : options().options()) {
            boolean flag = option.arity().max() == 0;
            spec.addOption(
                    flag
                            ? Command.flag(option.description()[0], option.names())
                            : Command.text(
                                    option.paramLabel() + ",...",
                                    option.description()[0],
                                    option.names()));
        }
    }

    private static CommandSpec options() {
        CommandSpec spec = CommandSpec.create().interpolateVariables(false);
        RunOptions.addTo(spec);
        return spec;
    }

    /**
     * The runs.
     *
     * @param chosen the modes asked for; if none, all, or in a sweep those but the processes in
     *     which the lists mean something
     */
    static Sweep of(ParseResult result, List<Mode> chosen) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (OptionSpec option : options().options()) {
            String name = option.longestName();
            if (result.hasMatchedOption(name)) {
                Object value = result.matchedOptionValue(name, "");
                lists.put(name, Arrays.stream(value.toString().split(",", -1)).distinct().toList());
            }
        }
        List<String> swept =
                lists.entrySet().stream()
                        .filter(list -> list.getValue().size() > 1)
                        .map(Map.Entry::getKey)
                        .toList();
        if (swept.size() > MOST_LISTS) {
            throw new UsageException("at most two options can have lists of values");
        }
        List<Mode> modes = chosen;
        if (chosen.isEmpty()) {
            modes =
                    ALL.stream()
                            .filter(mode ->
                                    swept.isEmpty()
                                            || (mode != Mode.PROCESSES
                                                    && swept.stream()
                                                            .allMatch(name ->
                                                                    RunOptions.means(name, mode))))
                            .toList();
        }
        RunOptions.refuseMeaningless(lists.keySet(), modes.isEmpty() ? ALL : modes);
        if (modes.isEmpty()) {
            throw new UsageException(String.join(" and ", swept) + " go with no mode together");
        }
        List<Point> points = new ArrayList<>();
        modes.forEach(mode -> addPoints(points, mode, lists, swept));
        return new Sweep(swept.stream().map(Sweep::withoutDashes).toList(), points);
    }

    private static String withoutDashes(String name) {
        return name.substring(2);
    }

    private static void addPoints(
            List<Point> points, Mode mode, Map<String, List<String>> lists, List<String> swept) {
        List<Map<String, String>> combinations = List.of(new LinkedHashMap<>());
        for (Map.Entry<String, List<String>> list : lists.entrySet()) {
            if (RunOptions.means(list.getKey(), mode)) {
                List<Map<String, String>> longer = new ArrayList<>();
                for (Map<String, String> each : combinations) {
                    for (String value : list.getValue()) {
                        Map<String, String> more = new LinkedHashMap<>(each);
                        more.put(list.getKey(), value);
                        longer.add(more);
                    }
                }
                combinations = longer;
            }
        }
        for (Map<String, String> each : combinations) {
            ParseResult result = parse(each);
            Map<String, String> values = new LinkedHashMap<>();
            each.forEach((name, value) -> {
                if (swept.contains(name)) {
                    values.put(withoutDashes(name), value);
                }
            });
            RunSettings settings = RunOptions.settings(result, mode, mode != Mode.FAST);
            int blockBytes = RunOptions.blockBytes(result);
            points.add(new Point(new SignatureRun(mode, settings, blockBytes, true), values));
        }
    }

    private static ParseResult parse(Map<String, String> values) {
        String[] arguments =
                values.entrySet().stream()
                        .map(each ->
                                each.getKey().equals(RunOptions.UNBOUNDED)
                                        ? each.getKey()
                                        : each.getKey() + "=" + each.getValue())
                        .toArray(String[]::new);
        try {
            return new CommandLine(options()).parseArgs(arguments);
        } catch (ParameterException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
