package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the JVM's compilers make of the hot loops, by their log. */
class CompilerLogTest {
    private static final Set<String> HOT =
            Set.of(
                    "internal.bits.BytePlanes::join2",
                    "internal.bits.BytePlanes::split4",
                    "internal.huffman.Histogram::count",
                    "internal.huffman.MultiSymbolLoop::decode",
                    "internal.huffman.SingleSymbolLoop::decode",
                    "internal.huffman.StreamEncoder::fours",
                    "internal.zstd.SequenceDecoder::decodeStream",
                    "internal.zstd.XxHash64::stripes");

    /**
     * A compilation: time, number, flags, level, method, perhaps a loop, size, what became of it.
     */
    private static final Pattern COMPILATION =
            Pattern.compile(
                    " *\\d+ +\\d+ [ %sb!n]*(\\d) +io\\.github\\.huffhash\\.(\\S+)(?: @ \\d+)?"
                            + " \\(\\d+ bytes\\)(.*)");

    /** A call in the method that is compiled, and why it is not inlined. */
    private static final Pattern CALL =
            Pattern.compile(" +@ \\d+ +io\\.github\\.huffhash\\.(\\S+).*failed to inline: (.*)");

    /** The program waits for its compilers, which tell what they do. */
    private static final String[] OPTIONS = {
        "-Xbatch", "-XX:+PrintCompilation", "-XX:+UnlockDiagnosticVMOptions", "-XX:+PrintInlining"
    };

    /** C2 found no need for code of it in a loop: a rare case, or the end. */
    private static final String RARE = "low call site frequency";

    @Test
    @Timeout(300)
    void hotLoopsAreCompiledByC2WithAllTheirCallsInlined() throws IOException {
        Set<String> compiled = new TreeSet<>();
        List<String> faults = new ArrayList<>();
        String current = "";
        List<String> log = OtherJvm.run(HotLoops.class, OPTIONS);
        assertThat(log).endsWith("done");
        for (String line : log) {
            Matcher compilation = COMPILATION.matcher(line);
            Matcher call = CALL.matcher(line);
            if (compilation.matches()) {
                boolean isC2 = compilation.group(1).equals("4");
                String method = compilation.group(2);
                String outcome = compilation.group(3);
                current = isC2 && HOT.contains(method) ? method : "";
                if (!current.isEmpty() && outcome.isBlank()) {
                    compiled.add(method);
                } else if (!current.isEmpty() && outcome.contains("made not entrant")) {
                    compiled.remove(method);
                }
                if (HOT.contains(method) && outcome.contains("COMPILE SKIPPED")) {
                    faults.add(line);
                }
            } else if (!current.isEmpty() && call.matches() && !call.group(2).startsWith(RARE)) {
                faults.add(current + ": " + line.strip());
            }
        }
        assertThat(faults).isEmpty();
        assertThat(compiled).containsExactlyInAnyOrderElementsOf(HOT);
    }
}
