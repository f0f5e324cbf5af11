import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Makes arrays of numbers for scripts/bench-planes.
 *
 * <pre>
 * MakeNumbers made DIRECTORY      bf16, fp32 and int8: 64 MB each of numbers from N(0, 0.02)
 * MakeNumbers weights ONNX FILE   the tensors of fp32 in a model, rounded to bf16
 * MakeNumbers planes K FILE OUT   the file as byte planes of K, unit by unit of 128 KiB
 * </pre>
 */
public class MakeNumbers {
    static final int BYTES = 64_000_000;
    static final double DEVIATION = 0.02;

    /** An int8 of 1 stands for so much. */
    static final double STEP = DEVIATION / 32;

    static final int UNIT = 128 << 10;

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "made" -> made(Path.of(args[1]));
            case "weights" -> weights(Path.of(args[1]), Path.of(args[2]));
            default -> planes(Integer.parseInt(args[1]), Path.of(args[2]), Path.of(args[3]));
        }
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static void made(Path folder) throws IOException {
        var random = new Random(1);
        ByteBuffer bf16 = buffer(BYTES);
        ByteBuffer fp32 = buffer(BYTES);
        ByteBuffer int8 = buffer(BYTES);
        while (int8.hasRemaining()) {
            float number = (float) (random.nextGaussian() * DEVIATION);
            if (bf16.hasRemaining()) {
                bf16.putShort(rounded(number));
            }
            if (fp32.hasRemaining()) {
                fp32.putFloat(number);
            }
            int8.put((byte) Math.clamp(Math.round(number / STEP), -128, 127));
        }
        Files.write(folder.resolve("bf16"), bf16.array());
        Files.write(folder.resolve("fp32"), fp32.array());
        Files.write(folder.resolve("int8"), int8.array());
    }

    /** The upper half of the bits, rounded to nearest, ties to even. */
    static short rounded(float number) {
        int bits = Float.floatToRawIntBits(number);
        return (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
    }

    /** The initializers of a model's graph: field 7 of the model, field 5 of the graph. */
    static void weights(Path onnx, Path file) throws IOException {
        ByteBuffer model = ByteBuffer.wrap(Files.readAllBytes(onnx)).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = Files.newOutputStream(file)) {
            while (model.hasRemaining()) {
                ByteBuffer graph = field(model, 7);
                while (graph.hasRemaining()) {
                    ByteBuffer tensor = field(graph, 5);
                    out.write(rounded(tensor));
                }
            }
        }
    }

    /** Of a tensor whose data type, field 2, is 1 for fp32: its raw data, field 9. */
    static byte[] rounded(ByteBuffer tensor) {
        ByteBuffer data = buffer(0);
        boolean fp32 = false;
        while (tensor.hasRemaining()) {
            long tag = number(tensor);
            if (tag == (2 << 3)) {
                fp32 = number(tensor) == 1;
            } else {
                ByteBuffer content = content(tensor, tag);
                data = tag >> 3 == 9 ? content : data;
            }
        }
        ByteBuffer result = buffer(fp32 ? data.remaining() / 2 : 0);
        while (result.hasRemaining()) {
            result.putShort(rounded(data.getFloat()));
        }
        return result.array();
    }

    /** The next field, or nothing if it has another number. */
    static ByteBuffer field(ByteBuffer message, int number) {
        long tag = number(message);
        ByteBuffer content = content(message, tag);
        return tag >> 3 == number ? content : buffer(0);
    }

    static ByteBuffer content(ByteBuffer message, long tag) {
        int length =
                switch ((int) tag & 7) {
                    case 0 -> {
                        number(message);
                        yield 0;
                    }
                    case 1 -> 8;
                    case 5 -> 4;
                    default -> (int) number(message);
                };
        ByteBuffer content = message.slice(message.position(), length);
        message.position(message.position() + length);
        return content.order(ByteOrder.LITTLE_ENDIAN);
    }

    static long number(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    static void planes(int planes, Path file, Path target) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] out = bytes.clone();
        for (int start = 0; start < bytes.length; start += UNIT) {
            int count = Math.min(UNIT, bytes.length - start) / planes;
            for (int i = 0; i < count * planes; i++) {
                out[start + i % planes * count + i / planes] = bytes[start + i];
            }
        }
        Files.write(target, out);
    }
}
