package io.github.huffhash.cli;

/** Arguments that do not go together, or make no sense. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
