package loader;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Runs the consumer from a class loader of its own: {@code Loader FOLDER JAR FOLDER-OF-CLASSES}.
 */
public final class Loader {
    private Loader() {}

    public static void main(String[] args) throws Exception {
        URL[] places = {
            Path.of(args[1]).toUri().toURL(), Path.of(args[2]).toUri().toURL(),
        };
        try (var own = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
            Class<?> consumer = own.loadClass("example.Consumer");
            consumer.getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {args[0]});
        }
    }
}
