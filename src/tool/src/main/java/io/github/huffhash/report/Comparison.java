package io.github.huffhash.report;

import io.github.huffhash.run.Mode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Several modes on one file, each run equally often: a table of at most 100 columns with bars of
 * the wall times, or one JSON object.
 *
 * @param file the file's name as the user gave it
 * @param modes at least one
 */
public record Comparison(String file, List<Runs> modes) {
    private static final int BAR_COLUMNS = 60;

    /** Copies the list. */
    public Comparison {
        modes = List.copyOf(modes);
    }

    /**
     * The runs of one mode.
     *
     * @param runs at least one
     */
    public record Runs(Mode mode, List<RunReport> runs) {
        /** Copies the list. */
        public Runs {
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

        private List<Long> wallNanos() {
            return runs.stream().map(RunReport::wallNanos).toList();
        }
    }

    /** Whether every run gave the same signature. */
    public boolean agrees() {
        return modes.stream()
                        .flatMap(mode -> mode.runs().stream())
                        .map(RunReport::signature)
                        .distinct()
                        .count()
                == 1;
    }

    /** The mode that speed-ups refer to: single, or the first mode where single was left out. */
    public Runs baseline() {
        return modes.stream()
                .filter(runs -> runs.mode() == Mode.SINGLE)
                .findFirst()
                .orElse(modes.getFirst());
    }

    /** How many times as fast as the baseline a mode is, by median wall time. */
    public double speedUp(Runs runs) {
        return (double) baseline().median().wallNanos() / runs.median().wallNanos();
    }

    /**
     * The lines of the table and the bars.
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
        lines.addAll(textColumns().text(modes));
        lines.add("");
        long slowest =
                modes.stream().mapToLong(mode -> mode.median().wallNanos()).max().orElseThrow();
        modes.forEach(mode -> lines.add(bar(mode, slowest, bar)));
        return lines;
    }

    private Table<Runs> speedColumns() {
        return new Table<Runs>()
                .with("speedup", this::speedUp)
                .shown("speed-up", "", "%8s", mode -> Format.factor(speedUp(mode)))
                .with("megabytesPerSecond", mode -> mode.median().megabytesPerSecond())
                .shown("", "MB/s", "%7s", Comparison::megabytesPerSecond);
    }

    private static String megabytesPerSecond(Runs mode) {
        return Format.decimal(mode.median().megabytesPerSecond());
    }

    private Table<Runs> textColumns() {
        Table<Runs> median = RunReport.Columns.ALL.on(Runs::median);
        return median.select("mode", "wallNanos")
                .with(speedColumns())
                .with(median.select("lockAcquisitions", "contendedAcquisitions"))
                .with("", mode -> RunReport.Columns.contendedShare(mode.median()))
                .shown("", "%", "%5s")
                .with(median.select("lockWaitNanos", "heapPeakBytes", "signature"));
    }

    private static String bar(Runs mode, long slowest, String bar) {
        long wall = mode.median().wallNanos();
        int columns = Math.max(1, Math.round(BAR_COLUMNS * (float) wall / slowest));
        return String.format(
                Locale.ROOT,
                "%-9s %s %s",
                mode.mode().label(),
                bar.repeat(columns),
                Format.millis(wall));
    }

    /** One JSON object: the median run of each mode, and the wall times of all its runs. */
    public String json() {
        Table<Runs> columns =
                new Table<Runs>()
                        .with("median", mode -> RunReport.Columns.ALL.jsonObject(mode.median()))
                        .with(speedColumns())
                        .with("wallNanos", Runs::wallNanos);
        return new Table<Comparison>()
                .with("file", Comparison::file)
                .with("runs", _ -> modes.getFirst().runs().size())
                .with("agree", Comparison::agrees)
                .with("modes", _ -> columns.jsonArray(modes))
                .json(this);
    }
}
