package io.github.huffhash.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** What executors of their own JVMs need: {@code SPARK_HOME} with the jars of the tests. */
final class SparkHome {
    private SparkHome() {}

    /** A context whose event log, user interface and messages are off. */
    static JavaSparkContext context(String master) throws IOException {
        return new JavaSparkContext(configuration(master));
    }

    static SparkConf configuration(String master) throws IOException {
        String classes = link();
        return new SparkConf()
                .setAppName("test")
                .setMaster(master)
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.executor.extraClassPath", classes)
                .set("spark.sql.shuffle.partitions", "2")
                .set("spark.sql.warehouse.dir", System.getenv("SPARK_HOME") + "/warehouse");
    }

    /** Links the jars of the class path into SPARK_HOME, and returns its folders. */
    private static String link() throws IOException {
        Path jars = Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        Set<String> folders = new LinkedHashSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            Path link = jars.resolve(path.getFileName());
            if (!entry.endsWith(".jar")) {
                folders.add(entry);
            } else if (!Files.exists(link)) {
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, path);
            }
        }
        return String.join(File.pathSeparator, folders);
    }
}
