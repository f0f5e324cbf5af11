package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the exported package shows: few types, and none of the internal ones. */
class PublicApiTest {
    private static final String ROOT = "io.github.huffhash";

    private static final List<Class<?>> TYPES = publicTypes();

    private static List<Class<?>> publicTypes() {
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests())
                        .importPackages(ROOT);
        return classes.stream()
                .filter(type -> type.getPackageName().equals(ROOT))
                .<Class<?>>map(type -> type.reflect())
                .filter(PublicApiTest::isPublic)
                .toList();
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    @Test
    void theTypesAreThese() {
        assertThat(TYPES.stream().map(Class::getSimpleName))
                .containsExactlyInAnyOrder(
                        "Huffhash",
                        "CompressOptions",
                        "DecompressOptions",
                        "Workers",
                        "HuffhashOutputStream",
                        "HuffhashInputStream",
                        "HuffhashChannel",
                        "HuffhashFormatException",
                        "BlockHasher",
                        "Signature",
                        "UnitCompressor",
                        "FileAssembler",
                        "SeekTable",
                        "FileInfo",
                        "Section");
    }

    @Test
    void noSignatureMentionsAnInternalType() {
        Set<String> mentioned = new TreeSet<>();
        for (Class<?> type : TYPES) {
            add(type.getGenericSuperclass(), mentioned);
            addAll(type.getGenericInterfaces(), mentioned);
            addAll(type.getTypeParameters(), mentioned);
            Stream.of(type.getDeclaredFields(), type.getDeclaredMethods(), type.getConstructors())
                    .flatMap(Arrays::stream)
                    .filter(PublicApiTest::isVisible)
                    .forEach(member -> addMember(member, mentioned));
        }
        assertThat(mentioned).isNotEmpty();
        assertThat(mentioned)
                .allSatisfy(name ->
                        assertThat(name)
                                .satisfiesAnyOf(
                                        each -> assertThat(each).startsWith("java."),
                                        each ->
                                                assertThat(TYPES)
                                                        .extracting(Class::getName)
                                                        .contains(each),
                                        each -> assertThat(each).doesNotContain(".")));
    }

    private static boolean isVisible(Member member) {
        return Modifier.isPublic(member.getModifiers())
                || Modifier.isProtected(member.getModifiers());
    }

    private static void addMember(Member member, Set<String> mentioned) {
        if (member instanceof Field field) {
            add(field.getGenericType(), mentioned);
        }
        if (member instanceof Method method) {
            add(method.getGenericReturnType(), mentioned);
        }
        if (member instanceof Executable executable) {
            addAll(executable.getGenericParameterTypes(), mentioned);
            addAll(executable.getGenericExceptionTypes(), mentioned);
            addAll(executable.getTypeParameters(), mentioned);
        }
    }

    private static void addAll(Type[] types, Set<String> mentioned) {
        for (Type type : types) {
            add(type, mentioned);
        }
    }

    /** All classes that a type consists of. */
    private static void add(Type whole, Set<String> mentioned) {
        Deque<Type> left = new ArrayDeque<>(List.of(whole));
        Set<Type> seen = new HashSet<>();
        while (!left.isEmpty()) {
            Type type = left.remove();
            if (!seen.add(type)) {
                continue;
            }
            switch (type) {
                case Class<?> c when c.isArray() -> left.add(c.getComponentType());
                case Class<?> c -> mentioned.add(c.getName());
                case ParameterizedType p -> {
                    left.add(p.getRawType());
                    left.addAll(List.of(p.getActualTypeArguments()));
                }
                case TypeVariable<?> v -> left.addAll(List.of(v.getBounds()));
                case WildcardType w -> {
                    left.addAll(List.of(w.getUpperBounds()));
                    left.addAll(List.of(w.getLowerBounds()));
                }
                default -> throw new AssertionError(type);
            }
        }
    }

    @Test
    void theModuleExportsThePublicPackageAlone() throws Exception {
        try (InputStream file =
                Files.newInputStream(
                        Path.of(
                                Huffhash.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI()
                                        .resolve("module-info.class")))) {
            var module = ModuleDescriptor.read(file);
            assertThat(module.name()).isEqualTo(ROOT);
            assertThat(module.exports())
                    .singleElement()
                    .satisfies(exports -> {
                        assertThat(exports.source()).isEqualTo(ROOT);
                        assertThat(exports.isQualified()).isFalse();
                    });
            assertThat(module.requires())
                    .singleElement()
                    .satisfies(java -> assertThat(java.name()).isEqualTo("java.base"));
        }
    }
}
