package io.github.huffhash;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** Which package may use which: arrows point downwards only. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    static final String ROOT = "io.github.huffhash";

    @ArchTest static final ArchRule BITS_KNOW_NOTHING_ELSE = knowsOnly("internal.bits");

    @ArchTest
    static final ArchRule HUFFMAN_KNOWS_BITS = knowsOnly("internal.huffman", "internal.bits");

    @ArchTest
    static final ArchRule ZSTANDARD_KNOWS_BITS_AND_HUFFMAN =
            knowsOnly("internal.zstd", "internal.bits", "internal.huffman");

    @ArchTest
    static final ArchRule NOTHING_TALKS_TO_THE_STANDARD_STREAMS =
            noClasses().should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule NO_CIRCLE_BETWEEN_PACKAGES =
            slices().matching("(io.github.huffhash..)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule INTERNAL_CODE_DOES_NOT_KNOW_THE_PUBLIC_PACKAGE =
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + ".internal..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule THE_LIBRARY_NEEDS_NOTHING_BUT_JAVA =
            classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", ROOT + "..");

    /** The classes of a package use, of the project, that package and {@code others} alone. */
    private static ArchRule knowsOnly(String name, String... others) {
        String[] allowed =
                Stream.concat(Stream.of(name), Arrays.stream(others))
                        .map(ArchitectureTest::below)
                        .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(below(name))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(allowed).or(resideOutsideOfPackage(ROOT + "..")));
    }

    private static String below(String name) {
        return ROOT + "." + name + "..";
    }
}
