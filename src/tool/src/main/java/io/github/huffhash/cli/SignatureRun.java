package io.github.huffhash.cli;

import com.sun.management.OperatingSystemMXBean;
import io.github.huffhash.io.Input;
import io.github.huffhash.report.RunReport;
import io.github.huffhash.run.Mode;
import io.github.huffhash.run.ProcessUsage;
import io.github.huffhash.run.RunSettings;
import io.github.huffhash.run.RunStatistics;
import io.github.huffhash.run.SignatureWork;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.apache.commons.io.function.IOConsumer;

/**
 * The signature of one input.
 *
 * @param mode who does the work
 * @param settings sizes and numbers of the run
 * @param blockSize bytes of a block
 * @param measured whether processor time is asked for
 */
record SignatureRun(Mode mode, RunSettings settings, int blockSize, boolean measured) {
    /** Runs over {@code input}; {@code each} sees the hashes in block order. */
    RunReport over(Input input, IOConsumer<SignatureWork.Hashes> each) throws IOException {
        var sum = new SignatureWork.Sum();
        ProcessUsage before = usage();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        RunStatistics statistics =
                RunOptions.run(mode, settings)
                        .run(
                                input,
                                new SignatureWork(blockSize, processId()),
                                hashes -> {
                                    sum.accept(hashes);
                                    each.accept(hashes);
                                });
        long wallNanos = System.nanoTime() - start;
        return new RunReport(
                input.name(),
                mode,
                blockSize,
                sum.signature().value(),
                wallNanos,
                cpuNanos() - cpu + statistics.workerCpuNanos(),
                statistics,
                usage().minus(before));
    }

    private ProcessUsage usage() {
        return measured ? ProcessUsage.now() : ProcessUsage.NONE;
    }

    /**
     * What the originals print: the process itself in single mode, 0 for threads; workers speak for
     * themselves.
     */
    private long processId() {
        return mode == Mode.SINGLE ? ProcessHandle.current().pid() : 0;
    }

    /**
     * Processor time of this process so far; 0 where no report shows it, since asking loads many
     * classes.
     */
    private long cpuNanos() {
        return measured
                ? ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getProcessCpuTime()
                : 0;
    }
}
