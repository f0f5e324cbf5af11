package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The ways to decode a file that is in memory. All must give the same, failures included. */
public enum Decoders {
    /** {@link Huffhash#decompress(byte[], int)}. */
    ONE_CALL {
        @Override
        byte[] decode(byte[] file, int maxBytes) throws HuffhashFormatException {
            return Huffhash.decompress(file, maxBytes);
        }
    },
    /** {@link HuffhashInputStream} in the thread that reads. */
    STREAM {
        @Override
        byte[] decode(byte[] file, int maxBytes) throws HuffhashFormatException {
            return stream(file, maxBytes, Workers.CALLER);
        }
    },
    /** {@link HuffhashInputStream} with two threads. */
    STREAM_OF_THREADS {
        @Override
        byte[] decode(byte[] file, int maxBytes) throws HuffhashFormatException {
            return stream(file, maxBytes, Workers.on(THREADS, 2));
        }
    },
    /** The call from stream to stream, in the caller. */
    BLOCKING {
        @Override
        byte[] decode(byte[] file, int maxBytes) throws HuffhashFormatException {
            return blocking(file, maxBytes, 1);
        }
    };

    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(task -> {
                var thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
            });

    /** One call has no window, so that no window is too large for it. */
    private static final DecompressOptions ANY_WINDOW =
            DecompressOptions.DEFAULT.withMaxWindowBytes(Long.MAX_VALUE);

    private static byte[] stream(byte[] file, int maxBytes, Workers workers)
            throws HuffhashFormatException {
        var in = new ByteArrayInputStream(file);
        try (var stream = new HuffhashInputStream(in, workers, ANY_WINDOW.withMaxBytes(maxBytes))) {
            return stream.readAllBytes();
        } catch (HuffhashFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] blocking(byte[] file, int maxBytes, int workers)
            throws HuffhashFormatException {
        var content = new ByteArrayOutputStream();
        DecompressOptions options = ANY_WINDOW.withMaxBytes(maxBytes);
        try {
            Huffhash.decompress(new ByteArrayInputStream(file), content, options, workers);
            return content.toByteArray();
        } catch (HuffhashFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Decodes a file.
     *
     * @param maxBytes the most bytes that may come out
     */
    abstract byte[] decode(byte[] file, int maxBytes) throws HuffhashFormatException;

    /**
     * Decodes a file in every way, makes sure that they agree, and gives what they gave. A file of
     * more content than allowed that is damaged as well is refused for one or the other: blocks are
     * parsed ahead of those whose sequences are carried out.
     */
    public static byte[] all(byte[] file, int maxBytes) throws HuffhashFormatException {
        Result first = result(ONE_CALL, file, maxBytes);
        for (Decoders other : values()) {
            if (other != ONE_CALL) {
                assertThat(result(other, file, maxBytes))
                        .as("%s", other)
                        .matches(first::agreesWith, "agrees with " + first);
            }
        }
        return switch (first) {
            case Content(byte[] bytes) -> bytes;
            case Failure(_, _, HuffhashFormatException thrown) -> throw thrown;
        };
    }

    private static Result result(Decoders decoder, byte[] file, int maxBytes) {
        try {
            return new Content(decoder.decode(file, maxBytes));
        } catch (HuffhashFormatException e) {
            return new Failure(e.offset(), e.reason(), e);
        }
    }

    private sealed interface Result {
        boolean agreesWith(Result other);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared by equals
    private record Content(byte[] bytes) implements Result {
        @Override
        public boolean agreesWith(Result other) {
            return other instanceof Content(byte[] others) && Arrays.equals(bytes, others);
        }
    }

    private record Failure(long offset, String reason, HuffhashFormatException thrown)
            implements Result {
        @Override
        public boolean agreesWith(Result other) {
            return other instanceof Failure failure
                    && (isLimit()
                            || failure.isLimit()
                            || (offset == failure.offset && reason.equals(failure.reason)));
        }

        private boolean isLimit() {
            return reason.endsWith("bytes allowed");
        }
    }
}
