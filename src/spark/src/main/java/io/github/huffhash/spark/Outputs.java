package io.github.huffhash.spark;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The outputs of a job, one for each source. Closing deletes what is not published. */
final class Outputs implements Closeable {
    private final List<Output> outputs = new ArrayList<>();

    /**
     * Prepares all outputs, before any work is done.
     *
     * @param rename the last name of an output, by that of its source
     * @throws IOException if an output exists already, or would have the place of another one
     */
    Outputs(
            List<Source> sources,
            Options options,
            UnaryOperator<String> rename,
            Configuration configuration)
            throws IOException {
        Set<String> places = new HashSet<>();
        sources.forEach(source -> places.add(source.path()));
        try {
            for (Source source : sources) {
                Path target = target(source, sources.size(), options, rename, configuration);
                Output output = new Output(target, options.force(), configuration);
                outputs.add(output);
                if (!places.add(output.target().toString())) {
                    throw source.failure(output.target() + " is another file of this job");
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            try (this) {
                throw e;
            }
        }
    }

    private static Path target(
            Source source,
            int sources,
            Options options,
            UnaryOperator<String> rename,
            Configuration configuration)
            throws IOException {
        Optional<Path> named = options.target().map(Path::new);
        if (named.isEmpty()) {
            return child(source.toPath().getParent(), rename.apply(source.toPath().getName()));
        }
        FileSystem files = named.get().getFileSystem(configuration);
        boolean folder =
                sources > 1
                        || source.inFolder()
                        || (files.exists(named.get())
                                && files.getFileStatus(named.get()).isDirectory());
        return folder ? child(named.get(), rename.apply(source.relative())) : named.get();
    }

    /** A name with a colon is a name, where the other constructors of a path see a scheme. */
    private static Path child(Path folder, String name) {
        return new Path(folder, new Path(null, null, name));
    }

    Output get(int file) {
        return outputs.get(file);
    }

    /** The folder for parts of each output. */
    String[] folders() {
        return outputs.stream().map(Output::folder).toArray(String[]::new);
    }

    @Override
    public void close() throws IOException {
        Optional<IOException> failure = Optional.empty();
        for (Output output : outputs) {
            try {
                output.close();
            } catch (IOException e) {
                failure = Optional.of(e);
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
