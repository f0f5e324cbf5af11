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

/**
 * Several modes on one file, perhaps with several values of an option or two, each run equally
 * often: tables of at most 100 columns with bars of the wall times, one JSON object, or CSV.
 *
 * @param file the file's name as the user gave it
 * @param swept the options that have several values, without dashes
 * @param modes at least one
 * @param bar the character of the bars
 */
public record Comparison(String file, List<String> swept, List<Runs> modes, String bar)
        implements Report {
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

        /**
         * The run whose wall time is the median; of an even number the faster of the middle two.
         */
        public RunReport median() {
            return runs.stream()
                    .sorted(Comparator.comparingLong(RunReport::wallNanos))
                    .toList()
                    .get((runs.size() - 1) / 2);
        }

        private List<HeapUse> heapUse() {
            return median().statistics().heapUse();
        }

        String value(String option) {
            return values.getOrDefault(option, "-");
        }
    }

    /** Whether every run over blocks of one size gave the same signature. */
    public boolean agrees() {
        List<RunReport> runs = modes.stream().flatMap(mode -> mode.runs.stream()).toList();
        return runs.stream().map(it -> List.of(it.blockSize(), it.signature())).distinct().count()
                == runs.stream().map(RunReport::blockSize).distinct().count();
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

    @Override
    public List<String> text() {
        return new ComparisonText(this).lines();
    }

    /** What was compared, in a line. */
    String title() {
        RunReport first = modes.getFirst().median();
        String blocks =
                Format.count(first.statistics().blocks(), "block")
                        + " of "
                        + Format.count(first.blockSize(), "byte");
        return "%s: %s%s; median of %s"
                .formatted(
                        file,
                        Format.count(first.statistics().bytes(), "byte"),
                        swept.contains("block-size") ? "" : ", " + blocks,
                        Format.count(modes.getFirst().runs().size(), "run"));
    }

    private Table<Runs> speedColumns() {
        return new Table<Runs>()
                .with("speedup", this::speedUp)
                .shown(
                        "speed-up",
                        baselineName(),
                        "%10s",
                        mode -> Format.line("%.2f x", speedUp(mode)))
                .with("megabytesPerSecond", mode -> mode.median().megabytesPerSecond())
                .shown("", "MB/s", "%7s", 1);
    }

    private static Table<Runs> ofMedian(String... keys) {
        return RunReport.Columns.FIGURES.on(Runs::median).select(keys);
    }

    private static Table<Runs> withValue(Table<Runs> table, String option) {
        String[] words = option.split("-", -1);
        return table.with(option, runs -> runs.value(option))
                .shown(words[0], words[words.length - 1], "%7s");
    }

    Table<Runs> resultColumns() {
        return names().with(ofMedian("wallNanos"))
                .with(speedColumns())
                .with(ofMedian("waitingShare", "lockAcquisitions", "heapPeakBytes", "signature"));
    }

    Table<Runs> costColumns() {
        return (swept.isEmpty() ? ofMedian("mode", "lockHolds") : names()).with(waits());
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
        List<String> others = swept.stream().filter(it -> !it.equals("workers")).toList();
        return ofMedian("mode").withEach(others, Comparison::withValue).with(ofMedian("workers"));
    }

    /** Where the time of the workers goes, as far as it was measured. */
    private static Table<Runs> phaseColumns() {
        return new Table<Runs>().withEach(List.of(Phase.values()), Comparison::withPhase);
    }

    private static Table<Runs> withPhase(Table<Runs> table, Phase phase) {
        String name = phase.name().toLowerCase(Locale.ROOT);
        return table.with(
                        name + "Nanos",
                        it -> Optional.ofNullable(it.median().statistics().phaseNanos().get(phase)))
                .shown(name, "ms", "%,9.1f", 1e-6);
    }

    @Override
    public List<Section> sections() {
        return List.of(
                new Section(
                        "Time",
                        title() + "; lines and bars show the median, dots the runs",
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
                .flatMap(runs -> runs.heapUse().stream().map(use -> new Look(runs, use)))
                .toList();
    }

    /** {@inheritDoc} It has the median run of each mode, and the wall times of all its runs. */
    @Override
    public String json() {
        Table<Runs> columns =
                new Table<Runs>()
                        .with("median", mode -> RunReport.Columns.ALL.jsonObject(mode.median()))
                        .with("values", Runs::values)
                        .with(speedColumns())
                        .with(
                                "wallNanos",
                                mode -> mode.runs.stream().map(RunReport::wallNanos).toList())
                        .with("phases", phaseColumns()::jsonObject)
                        .with("heapUse", row -> LOOKS.jsonArray(row.heapUse()));
        return new Table<Comparison>()
                .with("file", Comparison::file)
                .with("runs", _ -> modes.getFirst().runs().size())
                .with("swept", Comparison::swept)
                .with("baseline", _ -> baselineName())
                .with("agree", Comparison::agrees)
                .with("modes", _ -> columns.jsonArray(modes))
                .json(this);
    }

    /** {@inheritDoc} A row is the median run of a mode and a set of values. */
    @Override
    public List<String> csv() {
        return new Table<Runs>()
                .withEach(swept, (table, it) -> table.with("swept-" + it, runs -> runs.value(it)))
                .with(RunReport.Columns.FIGURES.on(Runs::median))
                .with(speedColumns())
                .csv(modes);
    }
}
