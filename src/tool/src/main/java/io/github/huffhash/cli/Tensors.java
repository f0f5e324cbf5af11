package io.github.huffhash.cli;

import com.google.gson.stream.JsonReader;
import io.github.huffhash.CompressOptions;
import io.github.huffhash.CompressOptions.Section;
import io.github.huffhash.io.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.EndianUtils;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * The tensors of a safetensors file: the length of a header in 8 bytes, a header in JSON that says
 * type and place of each tensor, and their bytes.
 */
final class Tensors {
    private static final String SUFFIX = ".safetensors";

    /** Smaller tensors share a frame with their neighbours of the same element size. */
    private static final long FEWEST_BYTES = CompressOptions.MIN_FRAME_BYTES;

    /** Bytes of a number, for types of more than one. */
    private static final Map<String, Integer> ELEMENT_BYTES =
            Map.ofEntries(
                    Map.entry("BF16", 2),
                    Map.entry("F16", 2),
                    Map.entry("I16", 2),
                    Map.entry("U16", 2),
                    Map.entry("F32", 4),
                    Map.entry("I32", 4),
                    Map.entry("U32", 4),
                    Map.entry("C64", 4), // two of them
                    Map.entry("F64", 8),
                    Map.entry("I64", 8),
                    Map.entry("U64", 8));

    /** A tensor: where in the file it begins and ends. */
    private record Tensor(long start, long end, int planes) {}

    private Tensors() {}

    /**
     * Options for an input: if the content is to decide on byte planes, and the input is a regular
     * file of tensors, with a section for each. If its header is damaged, it is a file like any
     * other.
     */
    static CompressOptions optionsFor(Input input, CompressOptions options) throws IOException {
        boolean wanted =
                options.planes() == CompressOptions.AUTO_PLANES
                        && input.expected() > 0
                        && input.name().endsWith(SUFFIX);
        return wanted ? options.withSections(sections(input)) : options;
    }

    private static List<Section> sections(Input input) throws IOException {
        SeekableByteChannel file = input.channel();
        InputStream stream = Channels.newInputStream(file);
        try {
            long headerBytes = EndianUtils.readSwappedLong(stream);
            long rest = input.expected() - Long.BYTES;
            if (headerBytes < 0 || headerBytes > rest) {
                return List.of();
            }
            InputStream header =
                    BoundedInputStream.builder()
                            .setInputStream(stream)
                            .setMaxCount(headerBytes)
                            .get();
            long start = Long.BYTES + headerBytes;
            return sections(tensors(header, start), start, input.expected());
        } catch (IOException | IllegalStateException | NumberFormatException _) {
            return List.of(); // no such header
        } finally {
            file.position(0);
        }
    }

    /** The tensors that a header lists, in the order of the file. */
    private static List<Tensor> tensors(InputStream header, long start) throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        var reader = new JsonReader(new InputStreamReader(header, StandardCharsets.UTF_8));
        reader.beginObject();
        while (reader.hasNext()) {
            if (reader.nextName().equals("__metadata__")) {
                reader.skipValue();
            } else {
                tensors.add(tensor(reader, start));
            }
        }
        reader.endObject();
        tensors.sort(Comparator.comparingLong(Tensor::start).thenComparingLong(Tensor::end));
        return tensors;
    }

    private static Tensor tensor(JsonReader reader, long start) throws IOException {
        long from = -1;
        long to = -1;
        int planes = CompressOptions.NO_PLANES;
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.nextName()) {
                case "dtype" ->
                        planes =
                                ELEMENT_BYTES.getOrDefault(
                                        reader.nextString(), CompressOptions.NO_PLANES);
                case "data_offsets" -> {
                    reader.beginArray();
                    from = reader.nextLong();
                    to = reader.nextLong();
                    reader.endArray();
                }
                default -> reader.skipValue();
            }
        }
        reader.endObject();
        return new Tensor(start + from, start + to, planes);
    }

    /** Sections that cover the file: its header, the tensors, and what is between them. */
    private static List<Section> sections(List<Tensor> tensors, long start, long end) {
        List<Section> sections = new ArrayList<>();
        add(sections, start, CompressOptions.NO_PLANES);
        long at = start;
        for (Tensor tensor : tensors) {
            if (tensor.start() < at || tensor.end() < tensor.start() || tensor.end() > end) {
                return List.of();
            }
            add(sections, tensor.start() - at, CompressOptions.NO_PLANES);
            add(sections, tensor.end() - tensor.start(), tensor.planes());
            at = tensor.end();
        }
        return tensors.isEmpty() ? List.of() : sections;
    }

    private static void add(List<Section> sections, long bytes, int planes) {
        if (bytes == 0) {
            return;
        }
        if (!sections.isEmpty()) {
            Section last = sections.getLast();
            boolean small = Math.min(bytes, last.bytes()) < FEWEST_BYTES;
            if (last.planes() == planes && small) {
                sections.set(sections.size() - 1, new Section(last.bytes() + bytes, planes));
                return;
            }
        }
        sections.add(new Section(bytes, planes));
    }
}
