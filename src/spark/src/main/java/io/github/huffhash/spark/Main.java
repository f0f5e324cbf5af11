package io.github.huffhash.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.UUID;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** The jobs for {@code spark-submit}: sign, compress, decompress. */
public final class Main {
    private Main() {}

    /**
     * Runs a job. A failure is a line on standard error, and exit status 1.
     *
     * @param arguments the job, its options and files
     */
    @SuppressWarnings({"SystemOut", "IllegalCatch"})
    public static void main(String[] arguments) {
        boolean done = false;
        try {
            Options options = Options.parse(arguments);
            var configuration = new SparkConf();
            String name = "huffhash " + arguments[0];
            configuration.setIfMissing("spark.app.name", name);
            configuration.setIfMissing("spark.master", "local[*]");
            configuration.setIfMissing("spark.ui.showConsoleProgress", "true");
            try (var spark = new JavaSparkContext(configuration)) {
                run(options, spark, System.out);
            }
            done = true;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
        } catch (Exception e) {
            System.err.println("huffhash: " + message(e));
        }
        if (!done) {
            System.exit(1);
        }
    }

    /**
     * Runs a job; its tasks have ended when it returns or fails.
     *
     * @param out receives the signatures
     */
    static void run(Options options, JavaSparkContext spark, PrintStream out) throws IOException {
        String group = UUID.randomUUID().toString();
        String job = options.job().name().toLowerCase(Locale.ROOT);
        spark.setJobGroup(group, job + " " + String.join(" ", options.files()), true);
        var cluster = new Cluster(spark);
        try {
            switch (options.job()) {
                case SIGN -> SignJob.run(options, cluster, out);
                case COMPRESS -> CompressJob.run(options, cluster);
                case DECOMPRESS -> DecompressJob.run(options, cluster);
            }
        } finally {
            spark.clearJobGroup();
        }
    }

    /** One line: what the failed task said, or else the first line of what Spark says. */
    static String message(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && cause.getMessage() != null) {
                return cause.getMessage().lines().findFirst().orElse("");
            }
        }
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
