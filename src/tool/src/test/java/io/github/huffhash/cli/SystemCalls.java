package io.github.huffhash.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of the program under strace, which lets system calls fail and tells their order.
 *
 * @param outcome how the program ended
 * @param calls the calls that sync, name, rename or remove a file of the folder, in order: such as
 *     {@code sync TEMP}, {@code rename TEMP a.zst}, {@code sync .}, {@code unlink a}
 */
record SystemCalls(Outcome outcome, List<String> calls) {
    /** Calls that give a file another name, by whichever system call. */
    static final String NAMING = "rename,renameat,renameat2,link,linkat";

    static final String SYNCING = "fsync,fdatasync";
    static final String REMOVING = "unlink,unlinkat";

    private static final Pattern CALL =
            Pattern.compile("\\d+ +(fsync|fdatasync|rename|link|unlink)(?:at2?)?\\((.*)");
    private static final Pattern NAME = Pattern.compile("\"([^\"]*)\"|^\\d+<([^>]*)>");
    private static final Pattern TEMPORARY = Pattern.compile("\\.huffhash-[0-9a-f]{32}\\.tmp");

    /**
     * Runs the program in a folder; the test is skipped where there is no strace, or it may not
     * trace.
     *
     * @param log where strace writes, outside of the folder
     * @param fault what to inject, in strace's words, or an empty string
     */
    static SystemCalls of(Folder folder, Path log, String fault, String... arguments)
            throws IOException, InterruptedException {
        List<String> strace =
                new ArrayList<>(List.of("strace", "-f", "-y", "-qq", "-o", log.toString()));
        strace.add("-e");
        strace.add("trace=" + SYNCING + "," + NAMING + "," + REMOVING);
        String[] plain = strace.toArray(String[]::new);
        assumeTrue(canTrace(plain), "needs strace");
        if (!fault.isEmpty()) {
            strace.add("-e");
            strace.add("inject=" + fault);
        }
        Outcome outcome =
                Cli.huffhash(arguments)
                        .in(folder.path())
                        .under(strace.toArray(String[]::new))
                        .run();
        return new SystemCalls(outcome, read(folder, log));
    }

    private static boolean canTrace(String[] strace) throws InterruptedException {
        try {
            return Cli.of("true").under(strace).run().exitCode() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static List<String> read(Folder folder, Path log) throws IOException {
        Set<String> others = Set.of(".", "TEMP", "a", "a.zst");
        List<String> calls = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            Matcher call = CALL.matcher(line);
            if (call.lookingAt()) {
                List<String> names = names(folder, call.group(2));
                if (names.stream().anyMatch(others::contains)) {
                    String kind = call.group(1).replaceFirst("f(data)?sync", "sync");
                    calls.add(kind + " " + String.join(" ", names));
                }
            }
        }
        return calls;
    }

    private static List<String> names(Folder folder, String arguments) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(arguments);
        while (matcher.find()) {
            boolean quoted = matcher.group(1) != null;
            String path = quoted ? matcher.group(1) : matcher.group(2);
            if (!quoted && path.equals(folder.path().toString())) {
                if (!arguments.contains("\"")) {
                    names.add(".");
                }
            } else {
                String last = path.substring(path.lastIndexOf('/') + 1);
                names.add(TEMPORARY.matcher(last).replaceAll("TEMP"));
            }
        }
        return names;
    }

    /**
     * A fault at each of the calls, such as {@code signal=KILL}. Each kind of call is counted for
     * itself.
     */
    List<String> withEach(String fault) {
        Map<String, Integer> counts = new HashMap<>();
        List<String> steps = new ArrayList<>();
        for (String call : calls) {
            String kind = call.substring(0, call.indexOf(' '));
            String names =
                    switch (kind) {
                        case "sync" -> SYNCING;
                        case "unlink" -> REMOVING;
                        default -> NAMING;
                    };
            steps.add(names + ":" + fault + ":when=" + counts.merge(kind, 1, Integer::sum));
        }
        return steps;
    }

    /** Where the first call is that {@code pattern} matches; fails if there is none. */
    int first(String pattern) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).matches(pattern)) {
                return i;
            }
        }
        throw new AssertionError("no call " + pattern + " in " + calls);
    }
}
