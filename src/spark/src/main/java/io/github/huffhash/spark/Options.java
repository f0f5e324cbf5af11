package io.github.huffhash.spark;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The command line.
 *
 * @param job sign, compress or decompress
 * @param files what to work on, at least one
 * @param target where the output goes, if it is named
 * @param force whether outputs replace files that exist
 * @param blockBytes bytes of a block of a signature
 * @param frameBytes bytes of content in a frame
 * @param partBytes how many bytes a task works on, about
 */
record Options(
        Job job,
        List<String> files,
        Optional<String> target,
        boolean force,
        int blockBytes,
        int frameBytes,
        long partBytes) {
    /** What to do. */
    enum Job {
        SIGN,
        COMPRESS,
        DECOMPRESS
    }

    static final String USAGE =
            """
            usage: spark-submit huffhash-spark.jar sign [--block-size=SIZE] FILE...
                   spark-submit huffhash-spark.jar compress [-f] [--seekable=SIZE] [-o TARGET] FILE...
                   spark-submit huffhash-spark.jar decompress [-f] [-o TARGET] FILE...\
            """;

    private static final int DEFAULT_FRAME_BYTES = 1 << 20;
    private static final long DEFAULT_PART_BYTES = 64 << 20;

    /**
     * Parses the arguments.
     *
     * @throws IllegalArgumentException with a line for the user if they are wrong
     */
    static Options parse(String... arguments) {
        if (arguments.length == 0) {
            throw new IllegalArgumentException(USAGE);
        }
        Job job = job(arguments[0]);
        List<String> files = new ArrayList<>();
        Optional<String> target = Optional.empty();
        boolean force = false;
        long blockBytes = Signature.DEFAULT_BLOCK_BYTES;
        long frameBytes = DEFAULT_FRAME_BYTES;
        long partBytes = DEFAULT_PART_BYTES;
        for (int i = 1; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("-f") && job != Job.SIGN) {
                force = true;
            } else if (argument.equals("-o") && job != Job.SIGN && i + 1 < arguments.length) {
                target = Optional.of(arguments[++i]);
            } else if (argument.startsWith("--block-size=") && job == Job.SIGN) {
                blockBytes = size(argument, 1, 1 << 20);
            } else if (argument.startsWith("--seekable=") && job == Job.COMPRESS) {
                frameBytes =
                        size(
                                argument,
                                CompressOptions.MIN_FRAME_BYTES,
                                CompressOptions.MAX_FRAME_BYTES);
            } else if (argument.startsWith("--part-size=")) {
                partBytes = size(argument, 1, 1L << 40);
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException("unknown option: " + argument);
            } else {
                files.add(argument);
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(USAGE);
        }
        return new Options(
                job, files, target, force, (int) blockBytes, (int) frameBytes, partBytes);
    }

    private static Job job(String name) {
        for (Job job : Job.values()) {
            if (job.name().toLowerCase(Locale.ROOT).equals(name)) {
                return job;
            }
        }
        throw new IllegalArgumentException("unknown job: " + name + "\n" + USAGE);
    }

    private static long size(String argument, long least, long most) {
        String text = argument.substring(argument.indexOf('=') + 1);
        String digits = text.replaceFirst("[KMGkmg]$", "");
        int shift =
                digits.length() == text.length()
                        ? 0
                        : 10
                                * (1
                                        + "kmg"
                                                .indexOf(
                                                        text.toLowerCase(Locale.ROOT)
                                                                .charAt(digits.length())));
        if (digits.matches("[0-9]{1,12}")) {
            long units = Long.parseLong(digits);
            if (units <= most >> shift && units << shift >= least) {
                return units << shift;
            }
        }
        throw new IllegalArgumentException(
                "%s: must be from %d to %d bytes".formatted(argument, least, most));
    }
}
