package io.github.huffhash;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The codec and the jobs know the library's public package alone; the codec no Spark. */
@AnalyzeClasses(packages = "io.github.huffhash", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NOTHING_KNOWS_THE_INSIDE_OF_THE_LIBRARY =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.github.huffhash.hadoop", "io.github.huffhash.spark")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.github.huffhash.internal..");

    @ArchTest
    static final ArchRule THE_CODEC_DOES_NOT_KNOW_SPARK =
            noClasses()
                    .that()
                    .resideInAPackage("io.github.huffhash.hadoop")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.spark..", "scala..");
}
