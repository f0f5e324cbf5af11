package io.github.huffhash;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** Who may know whom. */
@AnalyzeClasses(
        packages = ArchitectureTest.ROOT,
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeTestJars.class})
class ArchitectureTest {
    static final String ROOT = "io.github.huffhash";

    /** Leaves out what the library's tests share. */
    static final class DoNotIncludeTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule MEMORY_KNOWS_RECORDINGS_ALONE = knowsOnly("memory", "recording");

    @ArchTest
    static final ArchRule MEMORY_DOES_NOT_KNOW_THE_STRATEGIES =
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + ".memory")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(below("memory.strategy"));

    @ArchTest static final ArchRule THE_TREE_KNOWS_MEMORY = knowsOnly("tree", "memory");

    @ArchTest
    static final ArchRule THE_TOOL_KNOWS_THE_PUBLIC_API_OF_THE_LIBRARY_ALONE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(ROOT, below("internal"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(below("internal"));

    @ArchTest static final ArchRule IO_KNOWS_NOTHING_ELSE = knowsOnly("io");

    @ArchTest
    static final ArchRule RUNS_KNOW_THE_TREE_MEMORY_AND_FILES =
            knowsOnly("run", "tree", "memory", "io", "recording");

    @ArchTest
    static final ArchRule REPORTS_KNOW_RUNS_AND_WHAT_THEY_KNOW =
            knowsOnly("report", "run", "memory", "io", "html");

    @ArchTest
    static final ArchRule THE_LABORATORY_KNOWS_WHAT_IT_MEASURES =
            knowsOnly("lab", "channel", "memory", "run", "report", "io", "html");

    @ArchTest
    static final ArchRule CHANNELS_KNOW_SHARED_MEMORY_AND_PROCESSES =
            knowsOnly("channel", "memory", "run");

    @ArchTest static final ArchRule RECORDINGS_KNOW_NOTHING_ELSE = knowsOnly("recording");

    @ArchTest static final ArchRule PAGES_KNOW_NOTHING_ELSE = knowsOnly("html");

    @ArchTest
    static final ArchRule EXPLANATIONS_KNOW_WHAT_THEY_EXPLAIN =
            knowsOnly("explain", "tree", "memory", "run", "report", "html");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_ITS_LIBRARY =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(below("cli"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_TALKS_TO_THE_STANDARD_STREAMS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(below("cli"))
                    .and()
                    .doNotHaveSimpleName("WorkerMain") // a program of its own
                    .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule NO_PACKAGES_KNOW_EACH_OTHER_IN_A_CIRCLE =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    /** The classes of a package know, of the project, nothing but it and {@code others}. */
    private static ArchRule knowsOnly(String name, String... others) {
        String[] allowed =
                Stream.concat(
                                Stream.of(ROOT), // the library
                                Stream.concat(Stream.of(name), Arrays.stream(others))
                                        .map(ArchitectureTest::below))
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
