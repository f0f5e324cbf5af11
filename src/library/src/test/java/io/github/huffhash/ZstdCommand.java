package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code zstd} command, where it is installed. */
final class ZstdCommand {
    private final Path program;

    private ZstdCommand(Path program) {
        this.program = program;
    }

    static Optional<ZstdCommand> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Pattern.compile(":")
                .splitAsStream(path)
                .map(folder -> Path.of(folder, "zstd"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(ZstdCommand::new);
    }

    /** Runs it in a folder; it must succeed. */
    void run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(Arrays.asList(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
