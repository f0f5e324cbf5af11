package io.github.huffhash.run.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Processes that run classes of this program in the JVM that runs it. */
public final class OwnJvm {
    private static final List<String> VARIABLES =
            List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    private OwnJvm() {}

    /** The program that started this JVM. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** What runs a class of this program, whose name is to follow, started as fast as this one. */
    static List<String> command() {
        String classPath = System.getProperty("java.class.path");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                java().toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx64m",
                                "-XX:CompressedClassSpaceSize=16m",
                                "-XX:ReservedCodeCacheSize=48m",
                                "-XX:-UsePerfData",
                                "-XX:+DisplayVMOutputToStderr",
                                "-Xlog:disable",
                                "-Xlog:all=warning,cds*=off,aot*=off,os+thread=off:stderr",
                                // a worker that crashes is replaced: no report and no core of it
                                // in the user's directory
                                "-XX:+SuppressFatalErrorMessage",
                                "-XX:-CreateCoredumpOnCrash"));
        Path program = Path.of(classPath.split(File.pathSeparator, 2)[0]);
        Path archive = program.resolveSibling("huffhash.jsa");
        // the archive is of the jar; classes in a folder may be newer
        if (program.endsWith("huffhash.jar") && Files.isReadable(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    /**
     * Starts a main class.
     *
     * @param output where its standard output goes; its standard error goes nowhere
     */
    public static Process start(Redirect output, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = command();
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return start(command, output, Redirect.DISCARD);
    }

    /** The lines that a main class prints. */
    public static List<String> output(Class<?> main, String... arguments) throws IOException {
        Process process = start(Redirect.PIPE, main, arguments);
        try (BufferedReader output = process.inputReader()) {
            return output.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts a command, without the variables by which a JVM would become another than ours. */
    static Process start(List<String> command, Redirect output, Redirect error) throws IOException {
        var builder = new ProcessBuilder(command).redirectOutput(output).redirectError(error);
        VARIABLES.forEach(builder.environment()::remove);
        return builder.start();
    }

    /** Kills processes and waits until they are gone, in the caller's thread alone. */
    public static void kill(Collection<Process> processes) {
        processes.forEach(Process::destroyForcibly);
        boolean interrupted = false;
        for (Process process : processes) {
            while (process.isAlive()) { // without onExit, which takes a thread
                try {
                    process.waitFor();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends this process with its parent: that never writes, so standard input ends when it does.
     */
    public static void endWithParent() {
        Thread.ofPlatform().daemon().name("huffhash-parent-watch").start(OwnJvm::awaitEndOfInput);
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // The content is ignored.
            }
        } catch (IOException _) {
            // as if it had ended
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }
}
