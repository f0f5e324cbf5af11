package io.github.huffhash.run.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/** Processes that run classes of this program in the JVM that runs it. */
public final class OwnJvm {
    private OwnJvm() {}

    /**
     * Starts a main class.
     *
     * @param output where its standard output goes; its standard error goes nowhere
     */
    public static Process start(Redirect output, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(WorkerTeam.ownJava().toString());
        command.addAll(WorkerTeam.jvmOptions());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add(main.getName());
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command).redirectOutput(output).redirectError(Redirect.DISCARD);
        WorkerTeam.JVM_VARIABLES.forEach(builder.environment()::remove);
        return builder.start();
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
                // not meant for us
            }
        } catch (IOException _) {
            // as if it had ended
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }
}
