package io.github.huffhash.cli;

import io.github.huffhash.Huffhash;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The jar and the archive of its classes that {@code make} builds. */
final class BuiltJar {
    private static final Path JAR = Path.of("target/huffhash.jar").toAbsolutePath();
    private static final Path ARCHIVE = JAR.resolveSibling("huffhash.jsa");

    /** What makes a JVM run it. */
    static final List<String> OPTIONS =
            List.of(
                    "-XX:SharedArchiveFile=" + ARCHIVE,
                    "-Xlog:cds*=off,aot*=off", // an archive that does not fit is ignored
                    "-jar",
                    JAR.toString());

    private BuiltJar() {}

    /** Whether it is there and has the very classes that the tests have on their path. */
    static boolean isOfTheseClasses() {
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
