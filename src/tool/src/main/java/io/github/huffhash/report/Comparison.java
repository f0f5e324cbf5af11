package io.github.huffhash.report;

import io.github.huffhash.html.Page.Section;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Several modes on one file, perhaps with several values of an option or two, each run equally
 * often: tables of at most 100 columns with bars of the wall times, one JSON object, or CSV.
 *
 * @param file the file's name as the user gave it
 * @param swept the options that have several values, without dashes
 * @param modes at least one
 */
public record Comparison(String file, List<String> swept, List<Runs> modes) {
    private static final int BAR_COLUMNS = 60;

    /** Copies the lists. */
    public Comparison {
        swept = List.copyOf(swept);
        modes = List.copyOf(modes);
    }

    /**
     * The runs of one mode with one set of values.
     *
     * @param values the value of each swept option that means something in this mode
     * @param runs at least one
     */
    public record Runs(Mode mode, Map<String, String> values, List<RunReport> runs) {
        /** Copies the collections. */
        public Runs {
            values = Map.copyOf(values);
            runs = List.copyOf(runs);
        }

        /** Without swept options. */
        public Runs(Mode mode, List<RunReport> runs) {
            this(mode, Map.of(), runs);
        }

        /**
         * The run whose wall time is the median; of an even number the faster of the middle two.
         */
        public RunReport median() {
            return runs.stream()
                    .sorted(Comparator.comparingLong(RunReport::wallNanos))
                    .toList()
                    .get((runs.size() - 1) / 2);
        }

        private double megabytesPerSecond() {
            return median().megabytesPerSecond();
        }

        private List<Long> wallNanos() {
            return runs.stream().map(RunReport::wallNanos).toList();
        }

        private Optional<Long> nanos(Phase phase) {
            return Optional.ofNullable(median().phaseNanos().get(phase));
        }

        private String value(String option) {
            return values.getOrDefault(option, "-");
        }
    }

    /** Whether every run over blocks of one size gave the same signature. */
    public boolean agrees() {
        return modes.stream()
                .flatMap(mode -> mode.runs().stream())
                .collect(
                        Collectors.groupingBy(
                                RunReport::blockSize,
                                Collectors.mapping(RunReport::signature, Collectors.toSet())))
                .values()
                .stream()
                .allMatch(signatures -> signatures.size() == 1);
    }

    /** What speed-ups refer to: single, or the first row where single was left out. */
    public Runs baseline() {
        return modes.stream()
                .filter(runs -> runs.mode() == Mode.SINGLE)
                .findFirst()
                .orElse(modes.getFirst());
    }

    /** A name that only the baseline has. */
    private String baselineName() {
        Mode mode = baseline().mode();
        boolean only = modes.stream().filter(runs -> runs.mode() == mode).count() == 1;
        return only ? "vs " + mode.label() : "vs row " + (modes.indexOf(baseline()) + 1);
    }

    /** How many times as fast as the baseline a mode is, by median wall time. */
    public double speedUp(Runs runs) {
        return (double) baseline().median().wallNanos() / runs.median().wallNanos();
    }

    /**
     * The lines of the tables and the bars.
     *
     * @param bar the character of the bars
     */
    public List<String> text(String bar) {
        RunReport first = modes.getFirst().median();
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s: %s, %s of %s; median of %s"
                        .formatted(
                                file,
                                Format.count(first.statistics().bytes(), "byte"),
                                Format.count(first.statistics().blocks(), "block"),
                                Format.count(first.blockSize(), "byte"),
                                Format.count(modes.getFirst().runs().size(), "run")));
        lines.add("");
        if (swept.size() == 2) {
            modes.stream().map(Runs::mode).distinct().forEach(mode -> lines.addAll(grid(mode)));
        } else {
            lines.addAll(resultColumns().text(modes));
            List<Runs> locked = modes.stream().filter(mode -> mode.median().hasLock()).toList();
            if (!locked.isEmpty()) {
                lines.add("");
                lines.addAll(costColumns().text(locked));
            }
            lines.add("");
            long slowest =
                    modes.stream().mapToLong(mode -> mode.median().wallNanos()).max().orElseThrow();
            modes.forEach(mode -> lines.add(bar(mode, slowest, bar)));
        }
        lines.addAll(remarks());
        return lines;
    }

    /** Wall times, a row for each value of the first option, a column for each of the second. */
    private List<String> grid(Mode mode) {
        List<Runs> cells = modes.stream().filter(runs -> runs.mode() == mode).toList();
        String down = swept.getFirst();
        String across = swept.getLast();
        List<String> lines = new ArrayList<>();
        lines.add(mode.label() + ": wall time in ms; across: " + across);
        lines.addAll(
                new Table<String>()
                        .with(down, row -> row)
                        .shown(down, "", "%-12s")
                        .withEach(
                                values(cells, across),
                                (table, column) ->
                                        table.with(column, row -> millis(cells, row, column))
                                                .shown(column, "", "%,10.1f"))
                        .text(values(cells, down)));
        lines.add("");
        return lines;
    }

    private static List<String> values(List<Runs> cells, String option) {
        return cells.stream().map(runs -> runs.value(option)).distinct().toList();
    }

    private Optional<Double> millis(List<Runs> cells, String down, String across) {
        return cells.stream()
                .filter(runs -> runs.value(swept.getFirst()).equals(down))
                .filter(runs -> runs.value(swept.getLast()).equals(across))
                .map(runs -> runs.median().wallNanos() / 1e6)
                .findFirst();
    }

    private List<String> remarks() {
        List<String> lines = new ArrayList<>();
        for (Runs runs : modes) {
            if (runs.mode() == Mode.PROCESSES) {
                lines.add(
                        "processes%s: %s of %s were the start of the workers"
                                .formatted(
                                        swept.stream()
                                                .map(option -> " " + runs.value(option))
                                                .collect(Collectors.joining()),
                                        Format.millis(runs.median().statistics().startNanos()),
                                        Format.millis(runs.median().wallNanos())));
            }
        }
        int cores = Runtime.getRuntime().availableProcessors();
        if (modes.stream().anyMatch(runs -> runs.median().statistics().workers() > cores)) {
            lines.add(
                    "more workers than the %d cores: waiting includes that of threads for a core"
                            .formatted(cores));
        }
        if (!lines.isEmpty()) {
            lines.addFirst("");
        }
        return lines;
    }

    private Table<Runs> speedColumns() {
        return new Table<Runs>()
                .with("speedup", this::speedUp)
                .shown("speed-up", baselineName(), "%10s", mode -> Format.factor(speedUp(mode)))
                .with("megabytesPerSecond", Runs::megabytesPerSecond)
                .shown("", "MB/s", "%7s", mode -> Format.decimal(mode.megabytesPerSecond()));
    }

    private static Table<Runs> ofMedian(String... keys) {
        return RunColumns.FIGURES.on(Runs::median).select(keys);
    }

    /** The values of the swept options that no other column shows. */
    private Table<Runs> sweptColumns() {
        return new Table<Runs>()
                .withEach(
                        swept.stream().filter(option -> !option.equals("workers")).toList(),
                        (table, option) -> {
                            String[] words = option.split("-", -1);
                            return table.with(option, runs -> runs.value(option))
                                    .shown(words[0], words[words.length - 1], "%7s");
                        });
    }

    private Table<Runs> resultColumns() {
        return ofMedian("mode")
                .with(sweptColumns())
                .with(ofMedian("workers", "wallNanos"))
                .with(speedColumns())
                .with(ofMedian("waitingShare", "lockAcquisitions", "heapPeakBytes", "signature"));
    }

    private Table<Runs> costColumns() {
        return ofMedian("mode")
                .with(swept.isEmpty() ? ofMedian("lockHolds") : sweptColumns())
                .with(swept.isEmpty() ? new Table<>() : ofMedian("workers"))
                .with(ofMedian("contendedAcquisitions", "lockWaitNanos", "meanWaitNanos"))
                .with(ofMedian("longestWaitNanos", "lockHeldShare", "stepsWalked"))
                .with(ofMedian("minorFaults", "residentGrowthBytes"));
    }

    /** Where the time of the workers goes, as far as it was measured. */
    private static Table<Runs> phaseColumns() {
        return new Table<Runs>()
                .withEach(
                        List.of(Phase.values()),
                        (table, phase) -> {
                            String name = phase.name().toLowerCase(Locale.ROOT);
                            return table.with(name + "Nanos", runs -> runs.nanos(phase))
                                    .shown(name, "ms", "%,9.1f", 1e-6);
                        });
    }

    /** The parts of a page. */
    public List<Section> sections() {
        return List.of(
                new Section(
                        "Time",
                        "%s; lines and bars show the median, dots the runs"
                                .formatted(text("").getFirst()),
                        List.of("times", "speedup"),
                        resultColumns().html(modes)),
                new Section(
                        "Where the time goes",
                        "Time in each phase, added up over all workers; tree is tree and hash in"
                                + " fast; processes do not measure it",
                        List.of("phases"),
                        ofMedian("mode")
                                .with(sweptColumns())
                                .with(ofMedian("workers"))
                                .with(phaseColumns())
                                .html(modes)),
                new Section(
                        "Lock and heap",
                        "What sharing the heap cost the median run",
                        List.of("locks", "waits", "heap"),
                        costColumns().html(modes)));
    }

    private String bar(Runs mode, long slowest, String bar) {
        long wall = mode.median().wallNanos();
        int columns = Math.max(1, Math.round(BAR_COLUMNS * (float) wall / slowest));
        String values =
                swept.stream().map(each -> mode.value(each) + " ").collect(Collectors.joining());
        return Format.line(
                "%-9s %s%s %s",
                mode.mode().label(),
                values.isEmpty() ? "" : Format.line("%-6s", values),
                bar.repeat(columns),
                Format.millis(wall));
    }

    /** One JSON object: the median run of each mode, and the wall times of all its runs. */
    public String json() {
        Table<Runs> columns =
                new Table<Runs>()
                        .with("median", mode -> RunColumns.ALL.jsonObject(mode.median()))
                        .with("values", Runs::values)
                        .with(speedColumns())
                        .with("wallNanos", Runs::wallNanos)
                        .with("phases", phaseColumns()::jsonObject);
        return new Table<Comparison>()
                .with("file", Comparison::file)
                .with("runs", _ -> modes.getFirst().runs().size())
                .with("swept", Comparison::swept)
                .with("baseline", _ -> baselineName())
                .with("agree", Comparison::agrees)
                .with("modes", _ -> columns.jsonArray(modes))
                .json(this);
    }

    /** A line with the names, then the median run of each mode and set of values. */
    public List<String> csv() {
        return new Table<Runs>()
                .withEach(
                        swept,
                        (table, option) ->
                                table.with("swept-" + option, runs -> runs.value(option)))
                .with(RunColumns.FIGURES.on(Runs::median))
                .with(speedColumns())
                .csv(modes);
    }
}
