package io.github.huffhash.lab;

import io.github.huffhash.channel.Team;
import io.github.huffhash.channel.Team.Design;
import io.github.huffhash.channel.Team.Sample;
import io.github.huffhash.channel.Team.State;
import io.github.huffhash.report.Format;
import io.github.huffhash.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How requests come to workers: by one channel that all share, behind locks, or by a ring for each
 * client, with one producer and one consumer.
 */
final class Channels {
    private Channels() {}

    /** Some clients and workers, and the sample with the median rate. */
    record Row(Setup setup, Sample median) {
        private double share(State state) {
            return median.shares().getOrDefault(state, 0.0);
        }
    }

    /** One design with so many clients and workers. */
    record Setup(Team team, Design design, int clients, int workers, long nanos)
            implements Rounds.Measured<Sample> {
        @Override
        public Sample run() throws IOException {
            return team.measure(design, clients, workers, nanos);
        }

        @Override
        public double time(Sample sample) {
            return 1e9 / Math.max(1, sample.requestsPerSecond());
        }

        String members() {
            return team.hasProcesses() ? "processes" : "threads";
        }

        boolean isBeside(Setup other) {
            return team.equals(other.team) && clients == other.clients && workers == other.workers;
        }
    }

    /** Measures with each number of workers. */
    static Findings<Row> measure(LabSettings settings, List<Integer> clientNumbers)
            throws IOException {
        int mostClients = clientNumbers.getLast();
        int mostWorkers = settings.mostWorkers();
        try (var threads = Team.start(false, mostClients, mostWorkers);
                var processes = Team.start(true, mostClients, mostWorkers)) {
            long nanos = settings.runNanos();
            List<Setup> setups = new ArrayList<>();
            setups.add(new Setup(threads, Design.ALONE, 1, 0, nanos));
            for (Team team : List.of(threads, processes)) {
                for (int clients : clientNumbers) {
                    for (int workers : settings.workers()) {
                        setups.add(new Setup(team, Design.CHANNEL, clients, workers, nanos));
                        setups.add(new Setup(team, Design.RINGS, clients, workers, nanos));
                    }
                }
            }
            Rounds.warmUp(setups);
            List<List<Sample>> samples = Rounds.measure(setups, settings.rounds());
            List<Row> rows = new ArrayList<>();
            for (Setup setup : setups) {
                List<Sample> own = samples.get(rows.size());
                rows.add(new Row(setup, Rounds.median(own, Sample::requestsPerSecond)));
            }
            return new Findings<>(
                    "channels: clients ask, workers look up, over one mapped region; median of %d"
                            .formatted(settings.rounds()),
                    columns(rows),
                    rows,
                    remarks(rows, mostClients));
        }
    }

    static Table<Row> columns(List<Row> rows) {
        return new Table<Row>()
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
                .with("toChannel", row -> toChannel(row, rows))
                .shown("against", "channel x", "%,10.1f")
                .with("workShare", row -> row.share(State.WORKING))
                .shown("work", "%", "%7.1f", 100)
                .with("handOverShare", row -> row.share(State.HANDING_OVER))
                .shown("hand-over", "%", "%9.1f", 100)
                .with("waitingShare", row -> row.share(State.WAITING))
                .shown("waiting", "%", "%7.1f", 100);
    }

    /** How many times as many answers as by the channel, with the same clients and workers. */
    private static Optional<Double> toChannel(Row row, List<Row> rows) {
        return rows.stream()
                .filter(each -> each.setup.design == Design.CHANNEL)
                .filter(each -> row.setup.design == Design.RINGS)
                .filter(each -> each.setup.isBeside(row.setup))
                .map(each -> each.median.requestsPerSecond())
                .filter(rate -> rate > 0)
                .map(rate -> row.median.requestsPerSecond() / rate)
                .findFirst();
    }

    private static List<String> remarks(List<Row> rows, int clients) {
        List<String> remarks = new ArrayList<>();
        for (String members : List.of("threads", "processes")) {
            List<String> factors = new ArrayList<>();
            for (Row row : rows) {
                if (row.setup.clients == clients && row.setup.members().equals(members)) {
                    toChannel(row, rows)
                            .map(factor -> Format.line("%.1f x with %d", factor, row.setup.workers))
                            .ifPresent(factors::add);
                }
            }
            if (!factors.isEmpty()) {
                remarks.add(
                        "%d clients as %s, rings against the channel: %s workers"
                                .formatted(clients, members, String.join(", ", factors)));
            }
        }
        return remarks;
    }
}
