package io.github.huffhash.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The script that starts the program, and a jar of the program for it to start. */
final class Launcher {
    static final String VERSION = "1.2.3-test";

    private Launcher() {}

    /**
     * Lays the script and the jar out as a build does.
     *
     * @param home the folder that gets the script under the name huffhash
     */
    static Path built(Path home) throws IOException {
        return lay(home.resolve("huffhash"), home.resolve("target"), home.resolve("scripts"));
    }

    /** Lays the script and the jar out as an installation does. */
    static Path installed(Path prefix) throws IOException {
        Path lib = prefix.resolve("lib/huffhash");
        return lay(prefix.resolve("bin/huffhash"), lib, lib);
    }

    private static Path lay(Path script, Path jarFolder, Path scripts) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs /bin/sh");
        Files.createDirectories(script.toAbsolutePath().getParent());
        Files.createDirectories(jarFolder);
        Files.createDirectories(scripts);
        copyExecutable("scripts/launcher", script);
        copyExecutable("scripts/find-java", scripts.resolve("find-java"));
        Files.copy(Path.of("scripts/second-compiler"), scripts.resolve("second-compiler"));
        writeJar(jarFolder.resolve("huffhash.jar"));
        return script;
    }

    private static void copyExecutable(String source, Path target) throws IOException {
        Files.copy(Path.of(source), target);
        if (!target.toFile().setExecutable(true)) {
            throw new IOException(target + ": cannot be made executable");
        }
    }

    /** The classes under test; their libraries stay where they are. */
    private static void writeJar(Path jar) throws IOException {
        Path classes = classes();
        var manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, VERSION);
        attributes.put(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        try (OutputStream file = Files.newOutputStream(jar);
                var out = new JarOutputStream(file, manifest);
                Stream<Path> tree = Files.walk(classes)) {
            List<Path> files = new ArrayList<>(tree.filter(Files::isRegularFile).toList());
            for (Path each : files) {
                String name = classes.relativize(each).toString().replace(File.separatorChar, '/');
                if (!name.startsWith("META-INF/")) {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(each, out);
                    out.closeEntry();
                }
            }
        }
    }

    private static Path classes() throws IOException {
        try {
            return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
