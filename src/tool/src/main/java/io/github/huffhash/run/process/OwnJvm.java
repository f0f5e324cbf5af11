package io.github.huffhash.run.process;

import java.util.ArrayList;
import java.util.List;

/** Processes that run classes of this program in the JVM that runs it. */
public final class OwnJvm {
    private OwnJvm() {}

    /** The command that starts a main class. */
    public static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(WorkerTeam.ownJava().toString());
        command.addAll(WorkerTeam.jvmOptions());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }
}
