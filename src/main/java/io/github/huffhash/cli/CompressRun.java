package io.github.huffhash.cli;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.block.CompressWork;
import io.github.huffhash.engine.EngineSettings;
import io.github.huffhash.engine.Engines;
import io.github.huffhash.engine.Mode;
import io.github.huffhash.engine.RunStatistics;
import io.github.huffhash.io.Input;
import io.github.huffhash.zstd.FileWriter;
import io.github.huffhash.zstd.FrameSums;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The compression of one input.
 *
 * @param mode who does the work
 * @param settings how the engine is set up
 * @param options how the file is made
 */
record CompressRun(Mode mode, EngineSettings settings, CompressOptions options) {
    /**
     * What came of it.
     *
     * @param contentBytes bytes read
     * @param fileBytes bytes written
     */
    record Result(long contentBytes, long fileBytes) {}

    /** Compresses {@code input} to {@code out}, which is neither flushed nor closed. */
    Result over(Input input, OutputStream out) throws IOException {
        var work = new CompressWork(options.unitBytes());
        var sums = new FrameSums(options.frameBytes());
        OptionalLong size =
                input.expected() > 0 ? OptionalLong.of(input.expected()) : OptionalLong.empty();
        var writer =
                new FileWriter(
                        out,
                        size,
                        options.frameBytes(),
                        options.checksum() ? Optional.of(sums) : Optional.empty(),
                        work::recycle);
        RunStatistics statistics =
                Engines.create(mode, settings, Failures::report)
                        .run(new FrameSource(input, sums), work, writer::accept);
        writer.finish();
        return new Result(statistics.bytes(), writer.fileBytes());
    }
}
