package io.github.huffhash.cli;

import io.github.huffhash.io.FileFailure;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One input after another; one that fails does not keep the others from their turn. */
final class Conversion {
    private final Converter converter;
    private final Reporting reporting;

    Conversion(Converter converter) {
        this.converter = converter;
        reporting = converter.reporting();
    }

    /** Converts all; returns the exit code. */
    int run(List<String> arguments) throws IOException {
        FileOptions options = converter.options();
        InputNames inputs =
                InputNames.of(arguments, options.recursive(), converter.naming()::takes, reporting);
        if (options.output().isPresent()
                && !options.standardOutput()
                && Math.max(arguments.size(), inputs.names().size()) > 1) {
            throw new UsageException(FileOptions.OUTPUT + " goes with one input");
        }
        if (options.directory().isPresent()) {
            refuseSameNames(inputs.names());
        }
        int exitCode = inputs.exitCode();
        for (String input : inputs.names()) {
            try {
                converter.convert(input);
            } catch (StandardOutput.OutputException e) {
                throw e; // the other files have nowhere to go either
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                exitCode = reporting.failed(input, e);
            }
        }
        return exitCode;
    }

    /** In one directory, two files would get the same name: neither is done then, nor any other. */
    private void refuseSameNames(List<String> inputs) throws FileFailure {
        Map<String, String> inputOf = new HashMap<>();
        for (String input : inputs) {
            Optional<String> output = nameOrNone(input);
            if (output.isPresent()) {
                String other = inputOf.putIfAbsent(output.get(), input);
                if (other != null) {
                    throw new FileFailure(
                            output.get(), "would be the output of both " + other + " and " + input);
                }
            }
        }
    }

    private Optional<String> nameOrNone(String input) {
        try {
            return converter.naming().isDone(input) ? Optional.empty() : converter.output(input);
        } catch (FileFailure _) {
            return Optional.empty(); // which will be reported in its turn
        }
    }
}
