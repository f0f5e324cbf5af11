package io.github.huffhash.cli;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.FileAssembler;
import io.github.huffhash.io.Input;
import io.github.huffhash.run.CompressWork;
import io.github.huffhash.run.EngineSettings;
import io.github.huffhash.run.Engines;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.RunStatistics;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * The compression of one input.
 *
 * @param mode who does the work
 * @param settings how the engine is set up
 * @param options how the file is made
 */
record CompressRun(Mode mode, EngineSettings settings, CompressOptions options) implements Coding {
    @Override
    public Counts over(Input input, OutputStream out) throws IOException {
        var work = new CompressWork(options.unitBytes());
        OptionalLong size =
                input.expected() > 0 ? OptionalLong.of(input.expected()) : OptionalLong.empty();
        var file = new FileAssembler(out, options, size);
        RunStatistics statistics =
                Engines.create(mode, settings, Failures::report)
                        .run(
                                new FrameSource(input, file),
                                work,
                                unit -> {
                                    file.add(unit.bytes(), 0, unit.length(), unit.contentBytes());
                                    work.recycle(unit);
                                });
        file.finish();
        return new Counts(statistics.bytes(), file.fileBytes());
    }
}
