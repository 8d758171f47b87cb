package idiom.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The lines of docs/architecture.md, over presets, engine and app; training holds its own. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(place -> !place.contains("-tests.jar"))
            .importPackages("idiom");

    @Test
    void shouldDependInOneDirection() {
        noClasses()
                .that()
                .resideInAPackage("idiom.presets..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("idiom.engine..", "idiom.bridge..", "idiom.app..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("idiom.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("idiom.bridge..", "idiom.app..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("idiom.bridge..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("idiom.app..")
                .check(CLASSES);
        noClasses().should().resideInAPackage("idiom.training..").check(CLASSES);
    }

    @Test
    void shouldKnowOnnxRuntimeInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("idiom.engine.onnx..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "ai.onnxruntime..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "idiom.engine.onnx..",
                        "idiom.bridge.alsa..",
                        "idiom.bridge.coremidi..",
                        "idiom.bridge.jack..",
                        "idiom.bridge.priority..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.sun.jna..", "org.jaudiolibs..")
                .check(CLASSES);
    }

    @Test
    void shouldKnowNoTrainingLibraries() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "org.tribuo..", "ai.onnx.proto..")
                .check(CLASSES);
    }

    @Test
    void shouldDrawInOnePackageAndSoundInAnother() {
        noClasses()
                .that()
                .resideOutsideOfPackage("idiom.app.picture..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.imageio..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages("idiom.engine.sound..", "idiom.bridge.javasound..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javax.sound..")
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.swing..", "java.applet..")
                .check(CLASSES);
    }

    @Test
    void shouldReadTomlInPresetsAndCommandLinesInCommands() {
        noClasses()
                .that()
                .resideOutsideOfPackage("idiom.presets..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.tomlj..", "org.antlr..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages("idiom.app", "idiom.app.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "ch.qos.logback..")
                .check(CLASSES);
    }

    @Test
    void shouldPrintNowhereButInMain() {
        noClasses()
                .that()
                .resideOutsideOfPackage("idiom.app")
                .should(ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching("idiom.(*).(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldSayInEveryPackageWhatItIsForAndThatNullIsMarked() {
        Set<JavaPackage> packages = CLASSES.stream().map(JavaClass::getPackage).collect(Collectors.toUnmodifiableSet());
        assertThat(packages)
                .hasSizeGreaterThan(5)
                .allSatisfy(one -> assertThat(one.tryGetAnnotationOfType(NullMarked.class))
                        .as(one.getName() + " must have a package-info.java with @NullMarked")
                        .isPresent());
    }

    @Test
    void shouldNameNoPackageAfterNothing() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..misc..")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNothingMutableThatIsStatic() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
        noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(assignableTo(resideInAPackage("java.util.concurrent.atomic..")))
                .check(CLASSES);
    }

    @Test
    void shouldDrawNoRandomNumbersWithoutASeed() {
        noClasses()
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callConstructor(SplittableRandom.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(ThreadLocalRandom.class, SecureRandom.class)
                .check(CLASSES);
    }
}
