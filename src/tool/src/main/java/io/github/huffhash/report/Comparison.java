package io.github.huffhash.report;

import io.github.huffhash.html.Page.Section;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.PhaseClock.Phase;
import io.github.huffhash.run.RunStatistics.HeapUse;
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

        String value(String option) {
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
        return new ComparisonText(this, bar).lines();
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

    Table<Runs> resultColumns() {
        return ofMedian("mode")
                .with(sweptColumns())
                .with(ofMedian("workers", "wallNanos"))
                .with(speedColumns())
                .with(ofMedian("waitingShare", "lockAcquisitions", "heapPeakBytes", "signature"));
    }

    Table<Runs> costColumns() {
        return ofMedian("mode")
                .with(swept.isEmpty() ? ofMedian("lockHolds") : sweptColumns())
                .with(swept.isEmpty() ? new Table<>() : ofMedian("workers"))
                .with(waits());
    }

    private static Table<Runs> waits() {
        return ofMedian("contendedAcquisitions", "lockWaitNanos", "meanWaitNanos")
                .with(ofMedian("longestWaitNanos", "lockHeldShare", "stepsWalked"))
                .with(ofMedian("minorFaults", "residentGrowthBytes"));
    }

    /** A row with the columns that name it, and a look at the heap in its median run. */
    private record Look(Runs runs, HeapUse use) {}

    private static final Table<HeapUse> LOOKS =
            new Table<HeapUse>()
                    .with("nanos", HeapUse::nanos)
                    .shown("after", "ms", "%,9.1f", 1e-6)
                    .with("bytes", HeapUse::bytes)
                    .shown("in use", "KiB", "%,9.1f", 1.0 / 1024);

    /** Its mode, the values of swept options, and its workers. */
    private Table<Runs> names() {
        return ofMedian("mode").with(sweptColumns()).with(ofMedian("workers"));
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
                                .formatted(ComparisonText.title(this)),
                        resultColumns().html(modes)),
                new Section(
                        "Where the time goes",
                        "Time in each phase, added up over all workers; the start of processes is"
                                + " not in it, and fast does not measure it",
                        names().with(phaseColumns()).html(modes)),
                new Section(
                        "Lock",
                        "What sharing the heap cost the median run",
                        names().with(ofMedian("lockAcquisitions")).with(waits()).html(modes)),
                new Section(
                        "Heap",
                        "Bytes of the heap in use, headers and used pools included, in the median"
                                + " run: the peak, and what another thread saw that looked every"
                                + " half millisecond or less often; single has no such thread",
                        names().on(Look::runs).with(LOOKS.on(Look::use)).html(looks())));
    }

    private List<Look> looks() {
        return modes.stream()
                .flatMap(runs ->
                        runs.median().statistics().heapUse().stream()
                                .map(use -> new Look(runs, use)))
                .toList();
    }

    /** One JSON object: the median run of each mode, and the wall times of all its runs. */
    public String json() {
        Table<Runs> columns =
                new Table<Runs>()
                        .with("median", mode -> RunColumns.ALL.jsonObject(mode.median()))
                        .with("values", Runs::values)
                        .with(speedColumns())
                        .with("wallNanos", Runs::wallNanos)
                        .with("phases", phaseColumns()::jsonObject)
                        .with(
                                "heapUse",
                                row -> LOOKS.jsonArray(row.median().statistics().heapUse()));
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
