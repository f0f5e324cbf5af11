import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Wrote the files {@code libzstd-*.zst} in testdata/valid, with libzstd 1.5.7: {@code java -cp
 * zstd-jni.jar MakeLibzstdFiles.java DIRECTORY}. Another version may write others.
 *
 * <p>In random bytes that are skewed there is nothing to refer back to, so that libzstd at a low
 * level codes them as we do: Huffman-coded literals, no sequences.
 */
public class MakeLibzstdFiles {
    static Path folder;

    public static void main(String[] args) throws IOException {
        folder = Files.createDirectories(Path.of(args[0]));
        blocks("1-stream-direct-weights", skewed(200, 20, 1.2));
        blocks("1-stream-fse-weights", skewed(250, 256, 1.06));
        blocks("4-streams-direct-weights", skewed(300, 20, 1.05));
        blocks("4-streams-fse-weights", skewed(3000, 250, 1.03));
        blocks("treeless", skewed(900, 60, 1.05), skewed(400, 60, 1.05), skewed(90, 60, 1.05));
        blocks("raw-and-rle", uniform(300), new byte[300], uniform(30));
        blocks("nothing");
        frame("content-size-and-checksum", skewed(2000, 100, 1.03));
        frame("single-segment", skewed(500, 100, 1.03));
    }

    /** One block for each part, of a frame that does not declare its size. */
    static void blocks(String name, byte[]... parts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZstdOutputStream(bytes, 1)) {
            for (byte[] part : parts) {
                out.write(part);
                out.flush();
            }
        }
        write(name, bytes.toByteArray());
    }

    static void frame(String name, byte[] content) throws IOException {
        try (var context = new ZstdCompressCtx()) {
            context.setLevel(1).setChecksum(name.endsWith("checksum"));
            write(name, context.compress(content));
        }
    }

    static byte[] uniform(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Each symbol is {@code skew} times as frequent as the next; the seed is the length. */
    static byte[] skewed(int length, int alphabet, double skew) {
        var random = new Random(length);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            double symbol = -StrictMath.log(1 - random.nextDouble()) / StrictMath.log(skew);
            bytes[i] = (byte) ((long) symbol % alphabet);
        }
        return bytes;
    }

    static void write(String name, byte[] file) throws IOException {
        Files.write(folder.resolve("libzstd-" + name + ".zst"), file);
    }
}
