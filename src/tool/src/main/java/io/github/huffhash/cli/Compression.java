package io.github.huffhash.cli;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.FileAssembler;
import io.github.huffhash.Huffhash;
import io.github.huffhash.io.Input;
import io.github.huffhash.run.BlockSource;
import io.github.huffhash.run.CompressWork;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.RunSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * Compresses one input.
 *
 * @param mode which threads or processes do the work, and in which memory
 * @param settings how the mode is set up
 * @param options how the file is made
 */
record Compression(Mode mode, RunSettings settings, CompressOptions options)
        implements FileTask.Coding {
    @Override
    public Counts over(Input input, OutputStream out) throws IOException {
        OptionalLong size =
                input.expected() > 0 ? OptionalLong.of(input.expected()) : OptionalLong.empty();
        long written =
                mode == Mode.FAST
                        ? Huffhash.compress(input.stream(), size, out, options, settings.workers())
                        : inHeap(input, size, out);
        return new Counts(input.position(), written);
    }

    /** Compresses each unit in the heap of the mode; returns the bytes written. */
    private long inHeap(Input input, OptionalLong size, OutputStream out) throws IOException {
        var work = new CompressWork(options.unitBytes());
        var assembler = new FileAssembler(out, options, size);
        Runs.of(mode, settings)
                .run(
                        new UnitSource(input, assembler),
                        work,
                        unit -> {
                            assembler.add(unit.bytes(), 0, unit.length(), unit.contentBytes());
                            work.recycle(unit);
                        });
        assembler.finish();
        return assembler.fileBytes();
    }

    /** Cuts an input into units, and passes their bytes on in order for the checksums. */
    private record UnitSource(Input input, FileAssembler assembler) implements BlockSource {
        @Override
        public int read(byte[] into, int length) throws IOException {
            int count = input.read(into, Math.min(length, assembler.unitRest()));
            assembler.content(into, 0, count);
            return count;
        }

        @Override
        public long expected() {
            return input.expected();
        }
    }
}
