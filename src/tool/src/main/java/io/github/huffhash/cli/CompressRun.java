package io.github.huffhash.cli;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.block.CompressWork;
import io.github.huffhash.internal.zstd.FileWriter;
import io.github.huffhash.internal.zstd.FrameSums;
import io.github.huffhash.io.Input;
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
        var sums = new FrameSums(options.frameBytes(), options.checksum());
        OptionalLong size =
                input.expected() > 0 ? OptionalLong.of(input.expected()) : OptionalLong.empty();
        var writer = new FileWriter(out, size, options.frameBytes(), sums, work::recycle);
        RunStatistics statistics =
                Engines.create(mode, settings, Failures::report)
                        .run(new FrameSource(input, sums), work, writer::accept);
        writer.finish();
        return new Counts(statistics.bytes(), writer.fileBytes());
    }
}
