package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static io.github.huffhash.cli.Cli.Outcome.printed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Byte planes, and files of tensors. */
class PlanesTest {
    private static final String HEADER =
            "{'__metadata__':{'format':'pt'},"
                    + "'a':{'dtype':'F32','shape':[75000],'data_offsets':[0,300000]},"
                    + "'b':{'dtype':'F32','shape':[2],'data_offsets':[300000,300008]},"
                    + "'c':{'shape':[50001],'dtype':'BF16','data_offsets':[300008,400010]},"
                    + "'d':{'dtype':'I8','shape':[990],'data_offsets':[400010,401000]}}";
    private static final int TENSOR_BYTES = 401_000;

    @TempDir private Path path;

    private Folder folder = new Folder(Path.of(""));
    private final byte[] numbers = new byte[TENSOR_BYTES];

    /** Every fourth byte of a few values, or every second one. */
    @BeforeEach
    void makeFiles() throws Exception {
        folder = new Folder(path);
        var random = new Random(1);
        random.nextBytes(numbers);
        for (int i = 3; i < TENSOR_BYTES; i += i < 300_007 ? 4 : 2) {
            numbers[i] = (byte) (60 + random.nextInt(3));
        }
        Files.write(path.resolve("numbers"), numbers);
        tensors("m.safetensors", HEADER.replace('\'', '"'));
    }

    private void tensors(String name, String header) throws Exception {
        byte[] json = header.getBytes(UTF_8);
        var file =
                ByteBuffer.allocate(8 + json.length + TENSOR_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .put(numbers);
        Files.write(path.resolve(name), file.array());
    }

    @ParameterizedTest
    @CsvSource({"numbers, 3", "m.safetensors, auto"})
    void everyModeWritesTheSameBytesAndTheyComeBack(String file, String planes) throws Exception {
        String options = " -f --planes=" + planes + " ";
        assertThat(folder.runWords("compress" + options + file)).isEqualTo(printed());
        byte[] expected = folder.read(file + ".zst");
        for (String mode : List.of("-s", "-t", "-e", "-m -T2", "-T1")) {
            assertThat(folder.runWords("compress " + mode + options + file)).isEqualTo(printed());
            assertThat(folder.read(file + ".zst")).as(mode).isEqualTo(expected);
        }
        assertThat(folder.sh("huffhash decompress -c $1.zst >back", file)).isEqualTo(printed());
        assertThat(folder.read("back")).isEqualTo(folder.read(file));
    }

    @Test
    void aPipeIsReadOnceFromItsBeginning() throws Exception {
        assertThat(folder.sh("cat m.safetensors | huffhash compress --planes=auto >out"))
                .isEqualTo(printed());
        assertThat(folder.sh("huffhash decompress <out | cmp - m.safetensors"))
                .isEqualTo(printed());
    }

    @Test
    void eachTensorHasPlanesOfItsElementSize() throws Exception {
        folder.run("compress", "--planes=auto", "m.safetensors");
        folder.run("compress", "numbers");

        var listed =
                folder.run("list", "--json", "m.safetensors.zst", "numbers.zst")
                        .out()
                        .lines()
                        .toList();
        var tensors = JsonParser.parseString(listed.getFirst()).getAsJsonObject();
        assertThat(tensors.get("planes")).hasToString("[2,4]");
        // the header, a and b, c, d
        assertThat(tensors.get("frames").getAsInt()).isEqualTo(4);
        assertThat(JsonParser.parseString(listed.get(1)).getAsJsonObject().keySet())
                .doesNotContain("planes");
        assertThat(folder.run("list", "m.safetensors.zst").out().lines())
                .last()
                .isEqualTo("        byte planes: 2, 4 (other tools cannot read them)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0:5", "131071:3", "299999:20", "131073:200001", "401290:1"})
    void aPartIsThatPartOfTheContent(String range) throws Exception {
        long from = Long.parseLong(range.replaceFirst(":.*", ""));
        int length = Integer.parseInt(range.replaceFirst(".*:", ""));
        byte[] all = folder.read("m.safetensors");
        byte[] expected = Arrays.copyOfRange(all, (int) from, (int) from + length);
        for (String options : List.of("", "--seekable=64K")) {
            folder.sh("huffhash compress -f --planes=auto " + options + " m.safetensors");
            assertThat(folder.sh("huffhash decompress -q -c --range=$1 *.zst >part", range))
                    .isEqualTo(printed());
            assertThat(folder.read("part")).isEqualTo(expected);
        }
    }

    /** It is a file like any other then. */
    @Test
    void aDamagedHeaderIsNoError() throws Exception {
        List<String> headers =
                List.of(
                        "",
                        "{",
                        "[]",
                        "{}",
                        "\"a\"",
                        "{\"a\":{\"dtype\":\"F32\"}}",
                        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0]}}",
                        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[\"x\",9]}}",
                        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[9,8]}}",
                        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[-9,8]}}",
                        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,401001]}}",
                        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,9223372036854775807]}}",
                        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]},"
                                + "\"b\":{\"dtype\":\"F16\",\"data_offsets\":[7,9]}}",
                        "{\"a\":".repeat(100_000));
        for (int i = 0; i < headers.size(); i++) {
            tensors(i + ".safetensors", headers.get(i));
            Files.copy(path.resolve(i + ".safetensors"), path.resolve(i + ".other"));
        }
        assertThat(folder.sh("huffhash compress --planes=auto [0-9]*")).isEqualTo(printed());
        for (int i = 0; i < headers.size(); i++) {
            assertThat(folder.read(i + ".safetensors.zst"))
                    .as(headers.get(i))
                    .isEqualTo(folder.read(i + ".other.zst"));
        }
        assertThat(folder.sh("huffhash test *.zst")).isEqualTo(printed());
    }

    @Test
    void aFileThatEndsInItsHeaderIsNoError() throws Exception {
        byte[] all = folder.read("m.safetensors");
        for (int length : new int[] {0, 7, 8, 200, 1000}) {
            Files.write(path.resolve(length + ".safetensors"), Arrays.copyOf(all, length));
        }
        assertThat(folder.sh("huffhash compress --planes=auto --verify --rm [0-9]*"))
                .isEqualTo(printed());
    }

    @Test
    void anOutputWithPlanesCanBeVerified() throws Exception {
        assertThat(folder.run("compress", "--planes=4", "--verify", "--rm", "numbers"))
                .isEqualTo(printed());
        assertThat(folder.run("test", "numbers.zst")).isEqualTo(printed());
    }

    @Test
    void impossibleNumbersOfPlanesAreRefused() throws Exception {
        for (String number : List.of("1", "9", "x")) {
            assertThat(folder.run("compress", "--planes=" + number, "numbers"))
                    .isEqualTo(
                            failed(
                                    "Invalid value for option '--planes': '"
                                            + number
                                            + "' is not a number from 2 to 8, or auto;"
                                            + " see huffhash compress --help"));
        }
        assertThat(folder.run("compress", "--planes=2", "-B64K", "numbers"))
                .isEqualTo(
                        failed("--planes needs units of 128K;" + " see huffhash compress --help"));
        assertThat(folder.names()).containsExactly("m.safetensors", "numbers");
    }
}
