package io.github.huffhash.cli;

import static io.github.huffhash.cli.Cli.Outcome.failed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.huffhash.BlockHasher;
import io.github.huffhash.cli.Cli.Outcome;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {
    private static final String FILE = TestFiles.path("uniform_100KB.bin");

    @TempDir private Path folder;

    private static JsonObject explained(String... arguments) throws Exception {
        String[] all =
                Stream.concat(Stream.of("explain", "--json"), Stream.of(arguments))
                        .toArray(String[]::new);
        Outcome outcome = Cli.huffhash(all).run();
        assertThat(outcome.err()).isEmpty();
        return new Gson().fromJson(outcome.out(), JsonObject.class);
    }

    private static List<JsonObject> objects(JsonObject object, String key) {
        return object.getAsJsonArray(key).asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    @Test
    void codesHashAndHeapOfASmallBlockAreTheseLines() throws Exception {
        Path file = Files.writeString(folder.resolve("abra"), "abracadabra");

        Outcome outcome = Cli.huffhash("explain", file.toString()).run();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .startsWith("Block 0 of " + file + ": 11 bytes from 0, 5 symbols, hash 720210989\n")
                .contains(
                        "entropy                                                22.4 bits,  2.040 a"
                                + " symbol\n",
                        "61 'a'           5    1.14     1     1          5          5  1          "
                                + " 0\n",
                        "63 'c'           1    3.46     4     3          4          3  001",
                        " 1 *                                       6      0         13739\n",
                        "first-fit: heap of 2,097,152 bytes, 24 requests, 24 lock acquisitions, 0"
                                + " fallbacks\n",
                        "allocate array      2,048        64   2,064      1      3         0  none:"
                                + " taken when",
                        "free     array          0        64   2,064      2     13         0  a new"
                                + " free chunk\n",
                        "free     node           0     2,224      48      2     22         0 "
                                + " coalesced with both neighbours\n",
                        "the block's pool of 16,384 at 0, the list from 819,200, 24 requests, 2"
                                + " lock acquisitions");
    }

    @Test
    void aNameIsPrintedOnOneLineAndOneSymbolIsNotCalledSymbols() throws Exception {
        Path file = Files.writeString(folder.resolve("a\nb\u001b[2J"), "zz");

        assertThat(Cli.huffhash("explain", file.toString()).run().out())
                .startsWith("Block 0 of " + folder + "/a\\nb\\x1b[2J: 2 bytes from 0, 1 symbol, ");
    }

    @Test
    void figuresAreThoseOfTheRealWork() throws Exception {
        byte[] content = Files.readAllBytes(Path.of(FILE));
        JsonObject block = explained("--block=7", FILE);

        var hasher = new BlockHasher();
        hasher.count(content, 7 * 1024, 1024);
        assertThat(block.get("hash").getAsInt()).isEqualTo(hasher.hash());
        int symbols = objects(block, "symbols").size();
        List<JsonObject> heaps = objects(block, "heaps");
        assertThat(last(heaps.get(0)).get("lockAcquisitions").getAsInt())
                .isEqualTo(4 * symbols + 4);
        assertThat(last(heaps.get(1)).get("lockAcquisitions").getAsInt())
                .isEqualTo(2 + 2 * Math.max(0, 2 * symbols - 448));
        assertThat(last(heaps.get(1)).get("fallbacks").getAsInt()).isEqualTo(2 * symbols - 448);
        for (JsonObject heap : heaps) { // what was taken from the list came back
            assertThat(last(heap).get("freeChunks").getAsInt()).isEqualTo(1);
        }
    }

    @Test
    void everyKeyIsDefinedInTheDocsAndNoOther() throws Exception {
        String docs = Files.readString(Path.of("docs/pictures.md"));
        String table = docs.substring(docs.indexOf("| key |"), docs.indexOf("## Flight recorder"));

        assertThat(words("`(\\w+)`", table))
                .isEqualTo(
                        words("\"(\\w+)\":", Cli.huffhash("explain", "--json", FILE).run().out()));
    }

    private static Set<String> words(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
    }

    private static JsonObject last(JsonObject heap) {
        return objects(heap, "steps").getLast();
    }

    @Test
    void longCodeWordsAreCutToElevenBits() throws Exception {
        var content = new StringBuilder();
        for (int symbol = 0, count = 1, next = 1; symbol < 16; symbol++) {
            content.append(String.valueOf((char) ('a' + symbol)).repeat(count));
            int sum = count + next;
            count = next;
            next = sum;
        }
        Path file = Files.writeString(folder.resolve("fibonacci"), content);
        JsonObject block = explained("-B8K", file.toString());

        assertThat(
                        objects(block, "symbols").stream()
                                .mapToInt(each -> each.get("referenceLength").getAsInt()))
                .contains(15);
        assertThat(
                        objects(block, "symbols").stream()
                                .mapToInt(each -> each.get("limitedLength").getAsInt()))
                .allMatch(length -> length >= 1 && length <= 11);
        // Kraft: a complete code
        assertThat(
                        objects(block, "symbols").stream()
                                .mapToDouble(
                                        each -> Math.pow(2, -each.get("limitedLength").getAsInt()))
                                .sum())
                .isEqualTo(1.0);
        assertThat(block.get("limitedBits").getAsLong())
                .isGreaterThan(block.get("referenceBits").getAsLong());
        assertThat(block.get("referenceBits").getAsDouble())
                .isGreaterThan(block.get("entropyBits").getAsDouble());
    }

    @Test
    void onlyTheBlockIsRead() throws Exception {
        Path file = folder.resolve("large");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 40);
            sparse.seek((1L << 40) - 5);
            sparse.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        JsonObject block = explained("--block=" + ((1L << 30) - 1), file.toString());

        assertThat(objects(block, "symbols")).hasSize(5);
        assertThat(block.get("bytes").getAsInt()).isEqualTo(1024);
    }

    @Test
    void whatCannotBeExplainedIsOneLine() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));

        assertThat(Cli.huffhash("explain", empty.toString()).run())
                .isEqualTo(failed(empty + ": is empty: there is no block"));
        assertThat(Cli.huffhash("explain", "--block=100", FILE).run())
                .isEqualTo(
                        failed(
                                "--block must be from 0 to 99, not 100; see huffhash explain"
                                        + " --help"));
        assertThat(Cli.huffhash("explain", "-").run())
                .isEqualTo(failed("standard input: only a regular file can be explained"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "compare", "lab huffman"})
    void aReportThatCannotBeWrittenFailsBeforeTheMeasuring(String command) throws Exception {
        Path file = Files.write(folder.resolve("input"), new byte[100]);
        String start = "huffhash " + command + " --html=\"$1\" \"$2\"";
        Path none = folder.resolve("none");

        for (String nowhere : List.of(none + "/report.html", none + "/")) {
            assertThat(Cli.sh(start, nowhere, file.toString()).run())
                    .isEqualTo(failed(nowhere + ": there is no directory " + none));
        }
        assertThat(none).doesNotExist();
        assertThat(Cli.sh(start, folder.toString(), file.toString()).run())
                .isEqualTo(failed(folder + ": is a directory"));
        assertThat(Cli.sh(start, file.toString(), file.toString()).run())
                .isEqualTo(failed(file + ": is the input itself"));
        assertThat(file).hasBinaryContent(new byte[100]);
    }

    @Test
    void anOldReportIsReplacedByAWholeOneAndKeepsItsMode() throws Exception {
        Path report = folder.resolve("report.html");
        String[] explain = {"explain", "--html=" + report, FILE};
        assertThat(Cli.huffhash(explain).run())
                .as("the text is printed, too")
                .isEqualTo(Cli.huffhash("explain", FILE).run());
        Files.setPosixFilePermissions(report, PosixFilePermissions.fromString("rw-r-----"));
        byte[] first = Files.readAllBytes(report);

        Cli.huffhash("explain", "--html=" + report, "--block=100", FILE).run();
        assertThat(report).hasBinaryContent(first);
        assertThat(Cli.huffhash("explain", "--html=" + report, "--block=7", FILE).run().exitCode())
                .isZero();
        assertThat(report)
                .content()
                .startsWith("<!doctype html>")
                .contains("Block 7 of ")
                .contains("default-src 'none'", "Licensed to the Apache Software Foundation")
                .endsWith("</html>\n");
        assertThat(Files.getPosixFilePermissions(report))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(report);
        }
    }

    @Test
    void whatIsNoReportIsReplacedOnlyByForce() throws Exception {
        Path thesis = Files.writeString(folder.resolve("thesis.html"), "<!doctype html>");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
        for (Path file : List.of(thesis, link)) {
            assertThat(Cli.huffhash("explain", "--html=" + file, FILE).run())
                    .isEqualTo(
                            failed(
                                    file
                                            + ": already exists and is not a report of huffhash;"
                                            + " not overwritten (-f overwrites)"));
        }
        assertThat(thesis).hasContent("<!doctype html>");
        assertThat(link).isSymbolicLink();

        assertThat(Cli.huffhash("explain", "-f", "--html=" + thesis, FILE).run().exitCode())
                .isZero();
        assertThat(thesis).content().endsWith("</html>\n");
    }
}
