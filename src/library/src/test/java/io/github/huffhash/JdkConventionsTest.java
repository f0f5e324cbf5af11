package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The streams behave as those of {@code java.util.zip} where these have a convention. */
class JdkConventionsTest {
    private static final int LENGTH = 300_000;

    private final Random random = Seeds.random();
    private final byte[] content = Samples.skewed(random, LENGTH, 100, 1.1);
    private final byte[] file = Huffhash.compress(content);

    static List<Workers> workers() {
        return List.of(Workers.CALLER, Workers.threads(2), Workers.on(Runnable::run, 1));
    }

    private InputStream ours() {
        return new HuffhashInputStream(new ByteArrayInputStream(file));
    }

    private InputStream theirs() throws IOException {
        var deflated = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(deflated)) {
            out.write(content);
        }
        return new InflaterInputStream(new ByteArrayInputStream(deflated.toByteArray()));
    }

    /** Something that is done to a stream. */
    @FunctionalInterface
    private interface Use {
        void of(InputStream in) throws IOException;
    }

    private static List<Use> uses() {
        return List.of(
                in -> in.read(),
                in -> in.read(new byte[10]),
                in -> in.read(new byte[10], 5, 6),
                in -> in.read(new byte[10], -1, 6),
                in -> in.read(new byte[10], 5, 0),
                in -> in.read(nothing(), 0, 1),
                in -> in.skip(1),
                in -> in.skip(0),
                in -> in.skip(-1),
                in -> in.skip(Long.MAX_VALUE),
                in -> in.available(),
                in -> in.mark(10),
                in -> in.reset(),
                in -> in.close());
    }

    @Test
    void eachUseOfAStreamThrowsWhatThatOfAnInflaterThrows() throws IOException {
        for (boolean closed : new boolean[] {false, true}) {
            for (int i = 0; i < uses().size(); i++) {
                Use use = uses().get(i);
                InputStream ours = ours();
                InputStream theirs = theirs();
                assertThat(ours.markSupported()).isEqualTo(theirs.markSupported());
                if (closed) {
                    ours.close();
                    theirs.close();
                }
                Throwable expected = catchThrowable(() -> use.of(theirs));
                Throwable actual = catchThrowable(() -> use.of(ours));
                assertThat(kind(actual))
                        .as("use %d, closed: %s", i, closed)
                        .isEqualTo(kind(expected));
                if (!closed && i < uses().size() - 1) {
                    assertThat(ours.readAllBytes()).isEqualTo(theirs.readAllBytes());
                }
            }
        }
    }

    @SuppressWarnings("NullAway")
    private static byte[] nothing() {
        return null;
    }

    /** The class of what was thrown, or its parent that the interface names. */
    private static String kind(Throwable thrown) {
        return switch (thrown) {
            case null -> "nothing";
            case IOException _ -> "IOException";
            case IndexOutOfBoundsException _ -> "IndexOutOfBoundsException";
            default -> thrown.getClass().getSimpleName();
        };
    }

    @Test
    void skippingGoesOnToTheEnd() throws IOException {
        try (var in = ours()) {
            assertThat(in.skip(200_000)).isEqualTo(200_000);
            assertThat(in.read()).isEqualTo(content[200_000] & 0xFF);
            assertThat(in.skip(LENGTH)).isEqualTo(LENGTH - 200_001);
            assertThat(in.skip(1)).isZero();
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullAndNegativeArgumentsAreRefusedAtOnce() {
        InputStream in = InputStream.nullInputStream();
        OutputStream out = OutputStream.nullOutputStream();
        var options = CompressOptions.DEFAULT;
        OptionalLong unknown = OptionalLong.empty();
        List<ThrowingCallable> nulls =
                List.of(
                        () -> new HuffhashInputStream(null),
                        () -> new HuffhashInputStream(in, null),
                        () -> new HuffhashOutputStream(null),
                        () -> new HuffhashOutputStream(out, null, Workers.CALLER),
                        () -> new HuffhashOutputStream(out, options, null),
                        () -> new HuffhashOutputStream(out, options, Workers.CALLER, null),
                        () -> new HuffhashChannel(null),
                        () -> new HuffhashChannel(new ProbedChannel(file), null),
                        () -> new FileAssembler(null, options, unknown),
                        () -> new FileAssembler(out, null, unknown),
                        () -> new FileAssembler(out, options, null),
                        () -> new CompressOptions(1024, null, true, 1, List.of()),
                        () -> Huffhash.compress((byte[]) null, options),
                        () -> Huffhash.compress(content, null),
                        () -> Huffhash.compress(in, out, null, 1),
                        () -> Huffhash.compress(in, null, options, 1),
                        () -> Huffhash.compress(null, out, options, 1),
                        () -> Huffhash.decompress(in, null, 1),
                        () -> Huffhash.decompress(null, out, 1),
                        () -> Workers.on(null, 1));
        for (ThrowingCallable call : nulls) {
            assertThatThrownBy(call).isInstanceOf(NullPointerException.class);
        }
        OptionalLong negative = OptionalLong.of(-1);
        List<ThrowingCallable> negatives =
                List.of(
                        () -> new HuffhashOutputStream(out, options, Workers.CALLER, negative),
                        () -> new FileAssembler(out, options, negative),
                        () -> Huffhash.compress(in, negative, out, options, 1),
                        () -> DecompressOptions.DEFAULT.withMaxBytes(-1),
                        () -> Huffhash.decompress(file, -1));
        for (ThrowingCallable call : negatives) {
            assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("workers")
    void noMoreThanAllowedComesOut(Workers workers) throws IOException {
        for (int limit : new int[] {0, 1, 131_071, 131_072, 131_073, LENGTH - 1}) {
            var source = new ByteArrayInputStream(file);
            var options = DecompressOptions.DEFAULT.withMaxBytes(limit);
            try (var in = new HuffhashInputStream(source, workers, options)) {
                int whole = limit / 131_072 * 131_072;
                assertThat(in.readNBytes(whole)).isEqualTo(Arrays.copyOf(content, whole));
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(in::read)
                            .isInstanceOf(HuffhashFormatException.class)
                            .hasMessageEndingWith("more than the " + limit + " bytes allowed");
                }
            }
        }
        var enough = DecompressOptions.DEFAULT.withMaxBytes(LENGTH);
        try (var in = new HuffhashInputStream(new ByteArrayInputStream(file), workers, enough)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    /** As for an inflater, it is for others to look at: nothing waits for anything but our work. */
    @ParameterizedTest
    @MethodSource("workers")
    void anInterruptStatusThatWasSetBeforeStaysAndDoesNoHarm(Workers workers) throws IOException {
        for (int round = 0; round < 20; round++) {
            var compressed = new ByteArrayOutputStream();
            var copy = new ByteArrayOutputStream();
            Thread.currentThread().interrupt();
            try (var out = new HuffhashOutputStream(compressed, CompressOptions.DEFAULT, workers)) {
                out.write(content);
            }
            try (var in =
                    new HuffhashInputStream(
                            new ByteArrayInputStream(compressed.toByteArray()), workers)) {
                in.transferTo(copy);
            }
            var blocking = new ByteArrayOutputStream();
            Huffhash.compress(
                    new ByteArrayInputStream(content), blocking, CompressOptions.DEFAULT, 2);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(copy.toByteArray()).isEqualTo(content);
            assertThat(blocking.toByteArray()).isEqualTo(compressed.toByteArray());
        }
    }

    /** Threads, pools and caches of the library must not hold its class loader. */
    @Test
    void aClassLoaderThatIsDroppedIsCollected() throws Exception {
        WeakReference<ClassLoader> loader = useAndDropLoader();
        Waiting.untilCollected(loader);
    }

    /** Does work in all ways; this thread then has an inherited value of the loader's. */
    @SuppressWarnings("ThreadLocalUsage") // of this call alone
    private WeakReference<ClassLoader> useAndDropLoader() throws Exception {
        URL classes = Huffhash.class.getProtectionDomain().getCodeSource().getLocation();
        URL tests = AllWays.class.getProtectionDomain().getCodeSource().getLocation();
        var inherited = new InheritableThreadLocal<Object>();
        try (var loader =
                new URLClassLoader(
                        new URL[] {classes, tests}, ClassLoader.getPlatformClassLoader())) {
            Class<?> ways = loader.loadClass(AllWays.class.getName());
            assertThat(ways).isNotSameAs(AllWays.class);
            inherited.set(ways);
            @SuppressWarnings("unchecked") // of the platform's loader, as the interface is
            var code = (UnaryOperator<byte[]>) ways.getConstructor().newInstance();
            assertThat(code.apply(content)).isEqualTo(content);
            return new WeakReference<>(loader);
        } finally {
            inherited.remove();
        }
    }

    /** Codes content and gives what comes out; leaves a stream open. Public: for another loader. */
    public static final class AllWays implements UnaryOperator<byte[]> {
        @Override
        public byte[] apply(byte[] content) {
            try {
                var file = new ByteArrayOutputStream();
                var options = CompressOptions.DEFAULT.seekable(64 << 10);
                try (var out = new HuffhashOutputStream(file, options, Workers.threads(2))) {
                    out.write(content);
                }
                var blocking = new ByteArrayOutputStream();
                var compressed = file.toByteArray();
                Huffhash.decompress(new ByteArrayInputStream(compressed), blocking, 2);
                var again = ByteBuffer.allocate(blocking.size());
                var channel =
                        new HuffhashChannel(new ProbedChannel(compressed), Workers.threads(2));
                channel.read(again);
                var in =
                        new HuffhashInputStream(
                                new ByteArrayInputStream(compressed), Workers.threads(2));
                in.skipNBytes(again.position());
                return again.array();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
