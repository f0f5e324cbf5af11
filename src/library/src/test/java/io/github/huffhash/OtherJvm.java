package io.github.huffhash;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs among the tests, in a JVM of their own. */
final class OtherJvm {
    private OtherJvm() {}

    /** Runs a main class to its end; returns the lines of both its outputs. */
    static List<String> run(Class<?> program, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output = process.inputReader()) {
            List<String> lines = output.lines().toList();
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + ": " + lines);
            }
            return lines;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
