package io.github.huffhash.cli;

/** File names for people. */
final class Names {
    private Names() {}

    /**
     * {@code text} with control characters written as \n, \t or \x1b, so that it stays one harmless
     * line.
     */
    static String printable(String text) {
        if (text.codePoints().noneMatch(Character::isISOControl)) {
            return text;
        }
        var printable = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '\n' -> printable.append("\\n");
                        case '\t' -> printable.append("\\t");
                        case '\r' -> printable.append("\\r");
                        default -> {
                            if (Character.isISOControl(c)) {
                                printable.append("\\x%02x".formatted(c));
                            } else {
                                printable.appendCodePoint(c);
                            }
                        }
                    }
                });
        return printable.toString();
    }
}
