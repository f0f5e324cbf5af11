package io.github.huffhash.lab;

import static java.util.stream.Collectors.joining;

import io.github.huffhash.channel.Team;
import io.github.huffhash.channel.Team.Design;
import io.github.huffhash.channel.Team.Sample;
import io.github.huffhash.channel.Team.State;
import io.github.huffhash.report.Format;
import io.github.huffhash.report.Table;
import io.github.huffhash.run.Rounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How requests come to workers: by one channel that all share, behind locks, or by a ring for each
 * client, with one producer and one consumer.
 */
final class Channels {
    private Channels() {}

    /** One design with so many clients and workers. */
    record Setup(Team team, Design design, int clients, int workers) {
        private String members() {
            return team.hasProcesses() ? "processes" : "threads";
        }
    }

    /** Measures with each number of workers. */
    static Findings<Row> measure(LabSettings settings, List<Integer> clientNumbers)
            throws IOException {
        int mostClients = clientNumbers.getLast();
        int mostWorkers = settings.mostWorkers();
        try (var threads = Team.start(false, mostClients, mostWorkers);
                var processes = Team.start(true, mostClients, mostWorkers)) {
            List<Setup> setups = new ArrayList<>();
            setups.add(new Setup(threads, Design.ALONE, 1, 0));
            for (Team team : List.of(threads, processes)) {
                for (int clients : clientNumbers) {
                    for (int workers : settings.workers()) {
                        setups.add(new Setup(team, Design.CHANNEL, clients, workers));
                        setups.add(new Setup(team, Design.RINGS, clients, workers));
                    }
                }
            }
            List<Row> rows = new ArrayList<>();
            long nanos = settings.runNanos();
            new Rounds<Setup, Sample>(
                            it -> it.team.measure(it.design, it.clients, it.workers, nanos),
                            sample -> 1e9 / Math.max(1, sample.requestsPerSecond()))
                    .medians(setups, settings.rounds())
                    .forEach((setup, median) -> rows.add(row(setup, median, rows)));
            return new Findings<>(
                    Workload.CHANNELS,
                    "clients ask, workers look up, over one mapped region",
                    Optional.of(settings.rounds()),
                    COLUMNS,
                    rows,
                    Stream.of("threads", "processes")
                            .map(members -> remark(rows, mostClients, members))
                            .toList());
        }
    }

    /**
     * The median of a setup.
     *
     * @param toChannel for rings: how many times as many answers as by the channel
     */
    record Row(Setup setup, Sample median, Optional<Double> toChannel) {
        private double share(State state) {
            return median.shares().getOrDefault(state, 0.0);
        }
    }

    /** A row of rings comes behind that of the channel with the same clients and workers. */
    private static Row row(Setup setup, Sample median, List<Row> before) {
        double rate = before.isEmpty() ? 0 : before.getLast().median.requestsPerSecond();
        boolean isCompared = setup.design == Design.RINGS && rate > 0;
        Optional<Double> ratio = Optional.of(median.requestsPerSecond() / rate);
        return new Row(setup, median, ratio.filter(_ -> isCompared));
    }

    static final Table<Row> COLUMNS =
            new Table<Row>()
                    .with("design", row -> row.setup.design.name().toLowerCase(Locale.ROOT))
                    .shown("", "design", "%-8s")
                    .with("members", row -> row.setup.members())
                    .shown("", "members", "%-10s")
                    .with("clients", row -> row.setup.clients)
                    .shown("", "clients", "%7d")
                    .with("workers", row -> row.setup.workers)
                    .shown("", "workers", "%7d")
                    .with("requestsPerSecond", row -> row.median.requestsPerSecond())
                    .shown("requests", "per s", "%,11.0f")
                    .with("toChannel", Row::toChannel)
                    .shown("against", "channel x", "%,10.1f")
                    .with("workShare", row -> row.share(State.WORKING))
                    .shown("work", "%", "%7.1f", 100)
                    .with("handOverShare", row -> row.share(State.HANDING_OVER))
                    .shown("hand-over", "%", "%9.1f", 100)
                    .with("waitingShare", row -> row.share(State.WAITING))
                    .shown("waiting", "%", "%7.1f", 100);

    private static String remark(List<Row> rows, int clients, String members) {
        String start = "%d clients as %s, rings against the channel: ".formatted(clients, members);
        return rows.stream()
                .filter(row -> row.setup.clients == clients)
                .filter(row -> row.setup.members().equals(members))
                .flatMap(row ->
                        row.toChannel.stream()
                                .map(it -> Format.line("%.1f x with %d", it, row.setup.workers)))
                .collect(joining(", ", start, " workers"));
    }
}
