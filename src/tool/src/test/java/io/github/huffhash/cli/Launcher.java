package io.github.huffhash.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
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
     * @param jar one that {@link #writeJar} made
     * @param home the folder that gets the script under the name huffhash
     */
    static Path built(Path jar, Path home) throws IOException {
        return lay(jar, home.resolve("huffhash"), home.resolve("target"), home.resolve("scripts"));
    }

    /** Lays the script and the jar out as an installation does. */
    static Path installed(Path jar, Path prefix) throws IOException {
        Path lib = prefix.resolve("lib/huffhash");
        return lay(jar, prefix.resolve("bin/huffhash"), lib, lib);
    }

    private static Path lay(Path jar, Path script, Path jarFolder, Path scripts)
            throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs /bin/sh");
        Files.createDirectories(script.toAbsolutePath().getParent());
        Files.createDirectories(jarFolder);
        Files.createDirectories(scripts);
        makeExecutable(Files.copy(Path.of("scripts/launcher"), script));
        makeExecutable(Files.copy(Path.of("scripts/find-java"), scripts.resolve("find-java")));
        Files.copy(jar, jarFolder.resolve("huffhash.jar"));
        return script;
    }

    /**
     * A Java that prints what it is started with, an argument a line.
     *
     * @param home the folder that becomes its home
     */
    static Path printingJava(Path home) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        makeExecutable(
                Files.writeString(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n"));
        return home;
    }

    private static void makeExecutable(Path file) throws IOException {
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + ": cannot be made executable");
        }
    }

    /** Makes a jar of the classes under test; their libraries stay where they are. */
    static Path writeJar(Path jar) throws IOException {
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
            List<Path> files = tree.filter(Files::isRegularFile).toList();
            for (Path each : files) {
                String name = classes.relativize(each).toString().replace(File.separatorChar, '/');
                if (!name.startsWith("META-INF/")) {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(each, out);
                    out.closeEntry();
                }
            }
        }
        return jar;
    }

    private static Path classes() throws IOException {
        try {
            return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
