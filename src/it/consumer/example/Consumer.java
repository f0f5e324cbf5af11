package example;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.HuffhashChannel;
import io.github.huffhash.HuffhashInputStream;
import io.github.huffhash.HuffhashOutputStream;
import io.github.huffhash.Signature;
import io.github.huffhash.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The README's examples as a program outside of the build: {@code Consumer FOLDER}, where it writes
 * its files. It ends with an exception unless each does what the README says.
 */
public final class Consumer {
    private final byte[] content = new byte[1_000_000];
    private final Path source;
    private final Path file;
    private final Path copy;

    private Consumer(Path folder) throws IOException {
        for (int i = 0; i < content.length; i++) {
            // most codes are short, those of the runs long
            content[i] = (byte) (i % 5000 < 40 ? 40 + i % 8 : Integer.numberOfTrailingZeros(i));
        }
        source = Files.write(folder.resolve("source"), content);
        file = folder.resolve("source.zst");
        copy = folder.resolve("copy");
    }

    public static void main(String[] args) throws IOException {
        var consumer = new Consumer(Path.of(args[0]));
        consumer.inOneCall();
        consumer.fromStreamToStream();
        consumer.asStreams();
        consumer.seekable();
        consumer.signatures();
        consumer.numbers();
        System.out.println("consumer: Java " + Runtime.version().feature() + ", " + place());
    }

    /** Where the library is. */
    private static String place() {
        if (Huffhash.class.getModule().isNamed()) {
            return "module path";
        }
        var library = Huffhash.class.getProtectionDomain().getCodeSource();
        var program = Consumer.class.getProtectionDomain().getCodeSource();
        return library.equals(program) ? "jar of the program" : "class path";
    }

    private void inOneCall() throws IOException {
        int maxBytes = content.length;

        byte[] file = Huffhash.compress(content);
        byte[] again = Huffhash.decompress(file, maxBytes); // never more than that

        check(again, content);
    }

    private void fromStreamToStream() throws IOException {
        try (var in = Files.newInputStream(source);
                var out = Files.newOutputStream(file)) {
            Huffhash.compress(in, out, CompressOptions.DEFAULT, 4); // by four threads
        }
        try (var in = Files.newInputStream(file);
                var out = Files.newOutputStream(copy)) {
            Huffhash.decompress(in, out, 4);
        }

        check(Files.readAllBytes(copy), content);
        Files.delete(copy);
    }

    private void asStreams() throws IOException {
        try (var out = new HuffhashOutputStream(Files.newOutputStream(file))) {
            Files.copy(source, out);
        }
        try (var in = new HuffhashInputStream(Files.newInputStream(file), Workers.threads(4))) {
            Files.copy(in, copy);
        }

        check(Files.readAllBytes(copy), content);
    }

    private void seekable() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        ExecutorService executor = Executors.newFixedThreadPool(2);

        try (var out =
                new HuffhashOutputStream(
                        Files.newOutputStream(file),
                        CompressOptions.DEFAULT.seekable(1 << 20), // a frame for every MiB
                        Workers.on(executor, 2),
                        OptionalLong.of(Files.size(source)))) {
            Files.copy(source, out);
        }
        try (var channel = HuffhashChannel.open(file)) {
            channel.position(500_000).read(buffer); // decodes one frame, and checks it
        }

        executor.shutdown();
        check(buffer.array(), Arrays.copyOfRange(content, 500_000, 501_000));
    }

    private void signatures() {
        var whole = Signature.of(content, 0, content.length, 1024);
        var first = Signature.of(content, 0, 512_000, 1024);
        var second = Signature.of(content, 512_000, content.length - 512_000, 1024);
        boolean same = first.plus(second).equals(whole); // where a block ends

        check(same);
    }

    private void numbers() throws IOException {
        byte[] weights = Huffhash.compress(content, CompressOptions.DEFAULT.withPlanes(2)); // bf16

        check(Huffhash.decompress(weights, content.length), content);
    }

    private static void check(byte[] bytes, byte[] expected) {
        check(Arrays.equals(bytes, expected));
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("not what the README says");
        }
    }
}
