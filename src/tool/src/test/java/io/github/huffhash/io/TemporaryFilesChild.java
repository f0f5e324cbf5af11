package io.github.huffhash.io;

import io.github.huffhash.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A process that does as its arguments say with temporary files, and then ends. */
final class TemporaryFilesChild {
    static final int EXIT_CODE = 7;

    private static final Map<Path, Place> PLACES = new ConcurrentHashMap<>();

    private TemporaryFilesChild() {}

    /**
     * Starts one.
     *
     * @param folder where it makes the files
     * @param arguments what to do with which file before it ends
     */
    static Process start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(TemporaryFilesChild.class.getName());
        command.add(folder.toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
    }

    /** The process. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        for (int i = 1; i < args.length; i++) {
            String[] words = args[i].split(" ", 2);
            act(words[0], folder.resolve(words[1]));
        }
        System.exit(EXIT_CODE);
    }

    private static void act(String action, Path path) throws IOException {
        switch (action) {
            case "create" -> create(path);
            case "create-for-ever" -> createForEver(path);
            case "publish" -> publish(path, path.resolveSibling("published"), false);
            case "publish-for-ever" -> publishForEver(path);
            case "delete" -> TemporaryFiles.delete(place(path));
            case "folder-instead" -> {
                Files.delete(path);
                Files.createDirectory(path);
            }
            case "file-instead" -> {
                Files.delete(path);
                Files.createFile(path);
            }
            default -> throw new IllegalArgumentException(action);
        }
    }

    private static Place place(Path path) {
        return PLACES.computeIfAbsent(
                path,
                _ -> {
                    try {
                        return Place.of(path.toString());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static void create(Path path) {
        try {
            TemporaryFiles.create(place(path), true).close();
        } catch (IOException _) {
            // one that is in the way, or the end has come
        }
    }

    private static void publish(Path path, Path name, boolean replace) throws IOException {
        TemporaryFiles.publish(place(path), place(name), replace);
    }

    /** Makes one file after the other while the process ends. */
    private static void createForEver(Path path) {
        forEver(made -> create(path.resolveSibling("file-" + made)));
    }

    /** Replaces a file again and again while the process ends. */
    private static void publishForEver(Path path) {
        forEver(made -> {
            Path next = path.resolveSibling("file-" + made);
            create(next);
            try {
                publish(next, path, true);
            } catch (IOException _) {
                // the end has come
            }
            PLACES.remove(next);
        });
    }

    private static void forEver(IntConsumer action) {
        var done = new AtomicInteger();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    while (true) {
                        action.accept(done.incrementAndGet());
                    }
                });
        Waiting.until("some files have been there", () -> done.get() > 20);
    }
}
