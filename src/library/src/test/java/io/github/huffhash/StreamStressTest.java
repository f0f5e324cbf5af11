package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.zstd.FrameHeader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.io.output.ThresholdingOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Streams over executors of every kind, which end early, fail, are interrupted, and are closed by
 * other threads: each gives its content or an {@link IOException}, in time, and leaves no thread.
 */
class StreamStressTest {
    /** How long the long test runs, in seconds. */
    private static final String SECONDS = "huffhash.stress.seconds";

    private static final int LIMIT_SECONDS = 60;

    private static final String CONTENT = "content";
    private static final String LESS = "less";

    private final Random random = Seeds.random();
    private final OwnThreads ownThreads = new OwnThreads();
    private final ExecutorService cached = Executors.newCachedThreadPool();
    private final ExecutorService single = Executors.newSingleThreadExecutor();
    private final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Integer> ends = new TreeMap<>();

    private enum Kind {
        CALLER,
        OWN_THREADS,
        CACHED,
        SINGLE_THREAD_THAT_WAITS_FOR_US,
        FORK_JOIN,
        VIRTUAL,
        DIRECT,
        REJECTING,
        DISCARDING
    }

    private Workers workers(Kind kind) {
        int count = 1 + random.nextInt(4);
        return switch (kind) {
            case CALLER -> Workers.CALLER;
            case OWN_THREADS -> Workers.threads(count);
            case CACHED -> Workers.on(cached, count);
            case SINGLE_THREAD_THAT_WAITS_FOR_US -> Workers.on(single, count);
            case FORK_JOIN -> Workers.on(ForkJoinPool.commonPool(), count);
            case VIRTUAL -> Workers.on(virtual, count);
            case DIRECT -> Workers.on(Runnable::run, count);
            case REJECTING -> {
                long seed = random.nextLong();
                var own = new Random(seed);
                yield Workers.on(
                        task -> {
                            if (own.nextBoolean()) {
                                throw new RejectedExecutionException();
                            }
                            cached.execute(task);
                        },
                        count);
            }
            case DISCARDING -> Workers.on(task -> {}, count);
        };
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (var pool : new ExecutorService[] {cached, single, virtual}) {
            pool.shutdown();
            assertThat(pool.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aFewRoundsOfEachKind() throws Exception {
        for (int i = 0; i < 20; i++) {
            round();
        }
        assertThat(ends).containsKey(CONTENT);
    }

    @Test
    @Tag("soak")
    void roundsForFiveMinutes() throws Exception {
        long end =
                System.nanoTime() + Duration.ofSeconds(Integer.getInteger(SECONDS, 300)).toNanos();
        while (System.nanoTime() < end) {
            round();
        }
        System.out.println(ends);
        assertThat(ends).hasSizeGreaterThan(3);
    }

    /** One stream of each kind. */
    private void round() throws Exception {
        byte[] content =
                Samples.skewed(random, random.nextInt(2_000_000), 1 + random.nextInt(256), 1.05);
        for (Kind kind : Kind.values()) {
            Workers workers = workers(kind);
            byte[] file = write(content, workers);
            for (Task task :
                    List.<Task>of(
                            () -> writeDisturbed(content, workers),
                            () -> read(file, content, workers))) {
                ends.merge(run(kind, task), 1, Integer::sum);
                Waiting.until("no thread is left", () -> ownThreads.alive().isEmpty());
            }
        }
    }

    private byte[] write(byte[] content, Workers workers) throws IOException {
        var file = new ByteArrayOutputStream();
        try (var out = new HuffhashOutputStream(file, options(), workers)) {
            writeInPieces(content, out);
        }
        return file.toByteArray();
    }

    private CompressOptions options() {
        var options =
                CompressOptions.DEFAULT.withUnitBytes(1024 + random.nextInt((128 << 10) - 1023));
        return random.nextBoolean() ? options : options.seekable(64 << 10);
    }

    private void writeInPieces(byte[] content, OutputStream out) throws IOException {
        for (int at = 0; at < content.length; ) {
            int count = 1 + random.nextInt(content.length - at);
            out.write(content, at, count);
            at += count;
            if (random.nextInt(4) == 0) {
                out.flush();
            }
        }
    }

    /** Writes, while the sink may fail and this thread may be interrupted. */
    private String writeDisturbed(byte[] content, Workers workers) throws IOException {
        var file = new ByteArrayOutputStream();
        var sink =
                new ThresholdingOutputStream(
                        random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(1_000_000),
                        reached -> {
                            throw new IOException("no room");
                        },
                        reached -> file);
        var writer = Thread.currentThread();
        Thread other = later(random.nextBoolean() ? writer::interrupt : () -> {});
        String end = "written";
        try (var out = new HuffhashOutputStream(sink, options(), workers)) {
            writeInPieces(content, out);
        } catch (IOException e) {
            end = "writing: " + e.getMessage();
        }
        awaitDisturbance(other);
        assertThat(end).isIn("written", "writing: no room", "writing: interrupted");
        if (end.equals("written")) {
            assertThat(Huffhash.decompress(file.toByteArray(), content.length)).isEqualTo(content);
        }
        return end;
    }

    /** Something that says how it ended. */
    @FunctionalInterface
    private interface Task {
        String run() throws Exception;
    }

    /** Runs a task in a thread that may be the only one of the executor it uses. */
    private String run(Kind kind, Task task) throws Exception {
        if (kind == Kind.SINGLE_THREAD_THAT_WAITS_FOR_US) {
            return single.submit(task::run).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        var future = new FutureTask<>(task::run);
        new Thread(future, "stress " + kind).start();
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private String read(byte[] file, byte[] content, Workers workers) throws IOException {
        int length = random.nextInt(3) == 0 ? random.nextInt(file.length + 1) : file.length;
        byte[] cut = Arrays.copyOf(file, length);
        var in = new HuffhashInputStream(new Trickle(cut, random.nextLong()), workers);
        var reader = Thread.currentThread();
        List<Runnable> disturbances = List.of(() -> {}, reader::interrupt, () -> close(in));
        Thread other = later(disturbances.get(random.nextInt(3)));
        String end = readAll(in, content);
        awaitDisturbance(other);
        in.close();
        if (length == file.length) {
            assertThat(end).isNotEqualTo(LESS);
        } else if (end.equals(CONTENT)) {
            assertThat(LittleEndian.get32(file, length)).isEqualTo(HandmadeFrame.SEEK_TABLE_MAGIC);
        } else if (end.equals(LESS)) {
            assertThat(LittleEndian.get32(file, length)).isEqualTo(FrameHeader.MAGIC);
        }
        return end;
    }

    /** Does something in another thread, up to 3 ms later. */
    private Thread later(Runnable disturbance) {
        long nanos = random.nextInt(3_000_000);
        var other =
                new Thread(() -> {
                    LockSupport.parkNanos(nanos);
                    disturbance.run();
                });
        other.start();
        return other;
    }

    private static void awaitDisturbance(Thread other) {
        while (other.isAlive()) {
            Thread.interrupted(); // the interrupt may come only now
            Thread.onSpinWait();
        }
        Thread.interrupted();
    }

    private static String readAll(InputStream in, byte[] content) {
        byte[] buffer = new byte[content.length + 1];
        int at = 0;
        String end;
        try {
            int count = in.read(buffer, at, Math.min(100_000, buffer.length - at));
            while (count > 0) {
                at += count;
                count = in.read(buffer, at, Math.min(100_000, buffer.length - at));
            }
            end = at == content.length ? CONTENT : LESS;
        } catch (HuffhashFormatException e) {
            end = "truncated";
        } catch (IOException e) {
            end = e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        assertThat(Arrays.mismatch(buffer, 0, at, content, 0, at)).as(end).isEqualTo(-1);
        return end;
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives a few bytes at a time. */
    private static final class Trickle extends ByteArrayInputStream {
        private final Random random;

        Trickle(byte[] bytes, long seed) {
            super(bytes);
            random = new Random(seed);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 1 + random.nextInt(100_000)));
        }

        @Override
        public synchronized int available() {
            return random.nextInt(1 + super.available());
        }
    }
}
