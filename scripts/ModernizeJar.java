import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Rewrites the old classes of a jar, in place, for the class file version of Java 21: {@code java
 * ModernizeJar.java FILE.jar}.
 *
 * <p>Libraries compiled for Java 5 carry no stack maps. The JVM verifies such classes with its slow
 * old verifier and leaves them out of class archives, which costs a short-lived program more than
 * all its own classes. The code stays as it is; stack maps are added. Entries keep their order and
 * their times. A jar without old classes is left alone, so that an archive made from it stays
 * valid.
 */
public class ModernizeJar {
    private static final int MODERN = ClassFile.JAVA_21_VERSION;

    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[0]);
        Path unfinished = Path.of(args[0] + ".tmp");
        boolean changed = false;
        try (var jar = new JarFile(target.toFile());
                var out = new JarOutputStream(Files.newOutputStream(unfinished))) {
            var classFile =
                    ClassFile.of(
                            StackMapsOption.GENERATE_STACK_MAPS,
                            ClassHierarchyResolverOption.of(resolver(jar)));
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                byte[] bytes = bytes(jar, entry);
                if (entry.getName().endsWith(".class")) {
                    ClassModel model = classFile.parse(bytes);
                    if (model.majorVersion() < MODERN) {
                        bytes = modern(classFile, model);
                        changed = true;
                    }
                }
                JarEntry copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(bytes);
                out.closeEntry();
            }
        }
        if (changed) {
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(unfinished);
        }
    }

    private static byte[] modern(ClassFile classFile, ClassModel model) {
        // passing the code through element by element is what makes new stack maps
        return classFile.transformClass(
                model,
                ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
                        .andThen(
                                ClassTransform.endHandler(
                                        builder -> builder.with(ClassFileVersion.of(MODERN, 0)))));
    }

    /**
     * Stack maps name common superclasses: those of the jar's own classes are looked up in the jar.
     */
    private static ClassHierarchyResolver resolver(JarFile jar) {
        return ClassHierarchyResolver.ofResourceParsing(
                        type -> {
                            String descriptor = type.descriptorString();
                            JarEntry entry =
                                    jar.getJarEntry(
                                            descriptor.substring(1, descriptor.length() - 1)
                                                    + ".class");
                            return entry == null
                                    ? null
                                    : new ByteArrayInputStream(bytes(jar, entry));
                        })
                .orElse(ClassHierarchyResolver.defaultResolver());
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) {
        try (var in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
