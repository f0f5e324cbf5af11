package io.github.huffhash.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.huffhash.run.process.BuiltJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The program as a process of its own, started the way a user starts it. */
final class Cli {
    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path SHELL = Path.of("/bin/sh");

    private static final List<String> PROGRAM = program();

    private final List<String> command;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path directory = Path.of("").toAbsolutePath();
    private byte[] input = {};

    private Cli(List<String> command) {
        this.command = List.copyOf(command);
    }

    private static List<String> program() {
        List<String> program =
                new ArrayList<>(
                        List.of(
                                JAVA.toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:-UsePerfData")); // its clean-up makes system calls too
        program.addAll(BuiltJar.program());
        return program;
    }

    /** The program with these arguments, in the project's folder, standard input empty. */
    static Cli huffhash(String... arguments) {
        List<String> command = new ArrayList<>(PROGRAM);
        command.addAll(List.of(arguments));
        return new Cli(command);
    }

    /**
     * A shell script in which {@code huffhash} is the program; the test is skipped where there is
     * no shell.
     *
     * @param arguments $1 and so on of the script
     */
    static Cli sh(String script, String... arguments) {
        assumeTrue(Files.isExecutable(SHELL), "needs /bin/sh");
        List<String> command = new ArrayList<>();
        command.add(SHELL.toString());
        command.add("-c");
        command.add("huffhash() { " + quoted(PROGRAM) + " \"$@\"; }\n" + script);
        command.add("sh");
        command.addAll(List.of(arguments));
        return new Cli(command);
    }

    /** Any other command. */
    static Cli of(String... command) {
        return new Cli(List.of(command));
    }

    /** A command line for a shell that runs the program with these arguments. */
    static String commandLine(String... arguments) {
        List<String> command = new ArrayList<>(PROGRAM);
        command.addAll(List.of(arguments));
        return "exec " + quoted(command);
    }

    private static String quoted(List<String> words) {
        return String.join(
                " ", words.stream().map(word -> "'" + word.replace("'", "'\\''") + "'").toList());
    }

    /** The same command, started by another that takes it as its last arguments. */
    Cli under(String... starter) {
        List<String> both = new ArrayList<>(List.of(starter));
        both.addAll(command);
        var started = new Cli(both);
        started.environment.putAll(environment);
        started.directory = directory;
        started.input = input.clone();
        return started;
    }

    /**
     * The same command, to which permissions apply even if the user of the tests is root; the test
     * is skipped where root cannot give its rights away.
     */
    Cli unprivileged() throws IOException, InterruptedException {
        if (!System.getProperty("user.name").equals("root")) {
            return this;
        }
        String[] starter = {"setpriv", "--bounding-set=-dac_override,-dac_read_search"};
        assumeTrue(Cli.of("true").under(starter).run().exitCode() == 0, "needs setpriv");
        return under(starter);
    }

    Cli in(Path directory) {
        this.directory = directory;
        return this;
    }

    Cli withInput(byte[] input) {
        this.input = input.clone();
        return this;
    }

    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts the process; its standard input stays open. */
    Running start() throws IOException {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        Map<String, String> variables = builder.environment();
        // what a JVM would print a remark about
        variables.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "NO_COLOR"));
        variables.put("LC_ALL", "C.UTF-8");
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.putAll(environment);
        return new Running(builder.start());
    }

    /** Runs the process to its end. */
    Outcome run() throws IOException, InterruptedException {
        try (Running running = start()) {
            running.feed(input);
            running.endInput();
            return running.await();
        }
    }

    /**
     * How a process ended.
     *
     * @param exitCode its exit code
     * @param out all it wrote on standard output
     * @param err all it wrote on standard error
     */
    record Outcome(int exitCode, String out, String err) {
        /** Success with these lines on standard output and nothing on standard error. */
        static Outcome printed(String... lines) {
            return new Outcome(0, Cli.lines(lines), "");
        }

        /** Failure with this one line on standard error, {@code huffhash: } in front of it. */
        static Outcome failed(String message) {
            return new Outcome(1, "", "huffhash: " + message + "\n");
        }

        /** The same with these lines on standard error. */
        Outcome andSaid(String... lines) {
            return new Outcome(exitCode, out, Cli.lines(lines));
        }
    }

    /** The lines, each with its end. */
    static String lines(String... lines) {
        var text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return text.toString();
    }
}
