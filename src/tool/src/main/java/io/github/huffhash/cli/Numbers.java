package io.github.huffhash.cli;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Numbers as options have them. */
final class Numbers {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern SIZE = Pattern.compile("([0-9]+)(?:([KMG])(?:I?B)?)?");

    private Numbers() {}

    /**
     * Reads a whole number.
     *
     * @param most the largest that its type can hold; the smallest is one further from 0
     */
    static long parse(String value, long most) {
        if (!NUMBER.matcher(value).matches()) {
            throw new TypeConversionException("'" + value + "' is not a whole number");
        }
        try {
            long number = Long.parseLong(value);
            if (number >= -most - 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // it has too many digits
        }
        throw new TypeConversionException(
                "'" + value + "' is too " + (value.startsWith("-") ? "small" : "large"));
    }

    /** Reads a number of bytes with K, M or G behind it, powers of 1024, or KB, KiB and so on. */
    static long parseSize(String value) {
        Matcher matcher = SIZE.matcher(value.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'" + value + "' is not a size; write a number, or one with K, M or G");
        }
        int shift =
                switch (matcher.group(2)) {
                    case "K" -> 10;
                    case "M" -> 20;
                    case "G" -> 30;
                    case null, default -> 0;
                };
        BigInteger bytes = new BigInteger(matcher.group(1)).shiftLeft(shift);
        if (bytes.bitLength() >= Long.SIZE) {
            throw new TypeConversionException("'" + value + "' is too large");
        }
        return bytes.longValue();
    }
}
