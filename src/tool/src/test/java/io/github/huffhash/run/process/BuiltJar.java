package io.github.huffhash.run.process;

import io.github.huffhash.Huffhash;
import io.github.huffhash.cli.Main;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The jar and the archive of its classes that {@code make} builds, which start faster. */
public final class BuiltJar {
    /** The tests' class path, without relative paths. */
    public static final String CLASS_PATH =
            String.join(
                    File.pathSeparator,
                    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                            .map(entry -> Path.of(entry).toAbsolutePath().toString())
                            .toList());

    private static final Path JAR = Path.of("target/huffhash.jar").toAbsolutePath();
    private static final Path ARCHIVE = JAR.resolveSibling("huffhash.jsa");

    private static final String ARCHIVE_OPTION = "-XX:SharedArchiveFile=" + ARCHIVE;
    private static final String ARCHIVE_MAY_NOT_FIT = "-Xlog:cds*=off,aot*=off";
    private static final boolean OF_THESE_CLASSES = isOfTheseClasses();

    private BuiltJar() {}

    /** What makes a JVM run the program: the jar, if it is of the classes under test. */
    public static List<String> program() {
        if (OF_THESE_CLASSES) {
            return List.of(ARCHIVE_OPTION, ARCHIVE_MAY_NOT_FIT, "-jar", JAR.toString());
        }
        return List.of(
                "--enable-native-access=ALL-UNNAMED", // as the jar's manifest says
                "-cp",
                CLASS_PATH,
                Main.class.getName());
    }

    /**
     * A command that starts a JVM, with the jar first on its class path, if it is of these classes.
     */
    static List<String> first(List<String> command) {
        if (!OF_THESE_CLASSES) {
            return command;
        }
        List<String> faster = new ArrayList<>(command);
        int path = faster.indexOf("-cp");
        faster.set(path + 1, JAR + File.pathSeparator + faster.get(path + 1));
        faster.addAll(path, List.of(ARCHIVE_OPTION, ARCHIVE_MAY_NOT_FIT));
        return faster;
    }

    /** Whether it is there and has the very classes that the tests have on their path. */
    private static boolean isOfTheseClasses() {
        try (Stream<Path> jars = Files.list(JAR.resolveSibling("lib"))) {
            Optional<Path> library =
                    jars.filter(jar -> jar.getFileName().toString().startsWith("huffhash-"))
                            .findFirst();
            return Files.exists(ARCHIVE)
                    && library.isPresent()
                    && contains(JAR, Main.class)
                    && contains(library.get(), Huffhash.class);
        } catch (IOException | URISyntaxException _) {
            return false; // nothing is built
        }
    }

    /** Whether a jar has what is in the folder, or the other jar, of this class. */
    private static boolean contains(Path jar, Class<?> type)
            throws IOException, URISyntaxException {
        Path folder = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isRegularFile(folder)) {
            return Files.mismatch(folder, jar) < 0;
        }
        try (FileSystem files = FileSystems.newFileSystem(jar);
                Stream<Path> classes = Files.walk(folder.resolve("io"))) {
            for (Path each : classes.filter(Files::isRegularFile).toList()) {
                Path packed = files.getPath(folder.relativize(each).toString());
                if (!Files.exists(packed) || Files.mismatch(each, packed) >= 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
