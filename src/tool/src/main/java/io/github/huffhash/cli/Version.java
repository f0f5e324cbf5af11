package io.github.huffhash.cli;

/** What this program is, and what it runs on. */
final class Version {
    private Version() {}

    /** The program's name and the version in its jar's manifest. */
    static String program() {
        String version = Version.class.getPackage().getImplementationVersion();
        return "huffhash " + (version == null ? "(not from a jar)" : version);
    }

    /** The Java virtual machine and the system. */
    static String platform() {
        return "Java %s (%s), %s %s, %s"
                .formatted(
                        System.getProperty("java.runtime.version"),
                        System.getProperty("java.vm.name"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"));
    }
}
