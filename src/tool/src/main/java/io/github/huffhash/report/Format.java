package io.github.huffhash.report;

import java.util.Locale;

/** Numbers as people read them. */
public final class Format {
    private Format() {}

    /** A line as {@link String#format} makes it, the same everywhere. */
    @SuppressWarnings("AnnotateFormatMethod") // the tests see every format used
    public static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** 1,033,272. */
    static String count(long number) {
        return line("%,d", number);
    }

    /** 1 block, 2 blocks, 3 processes. */
    public static String count(long number, String noun) {
        String plural = noun + (noun.endsWith("s") ? "es" : "s");
        return count(number) + " " + (number == 1 ? noun : plural);
    }

    /** 91.3, and 12,345 from 10,000 upwards. */
    static String decimal(double number) {
        return line(number < 10_000 ? "%,.1f" : "%,.0f", number);
    }

    /** 91.3 ms. */
    static String millis(long nanos) {
        return line("%,.1f ms", nanos / 1e6);
    }

    /** 1.2 % of a whole, as a share from 0 to 1. */
    static String percent(double share) {
        return line("%.1f %%", 100 * share);
    }

    /** 1.2 %, of a whole that may be 0. */
    static String percent(long part, long whole) {
        return line("%.1f %%", whole == 0 ? 0.0 : 100.0 * part / whole);
    }
}
