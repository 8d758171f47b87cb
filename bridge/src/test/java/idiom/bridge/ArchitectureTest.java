package idiom.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The lines inside bridge: every system's library in the package of that system. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("idiom");

    @Test
    void shouldKnowJackInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("idiom.bridge.jack..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jaudiolibs..")
                .check(CLASSES);
    }

    @Test
    void shouldKnowJavaxSoundForPortsInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackages("idiom.bridge.javasound..", "idiom.engine.sound..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javax.sound..")
                .check(CLASSES);
    }

    @Test
    void shouldStandOnTheEngineAlone() {
        noClasses()
                .that()
                .resideInAPackage("idiom.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("idiom.bridge..")
                .check(CLASSES);
        noClasses()
                .should()
                .resideInAnyPackage("idiom.app..", "idiom.training..")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching("idiom.(*).(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldSayInEveryPackageWhatItIsForAndThatNullIsMarked() {
        Set<JavaPackage> packages = CLASSES.stream()
                .filter(type -> type.getPackageName().startsWith("idiom.bridge"))
                .map(type -> type.getPackage())
                .collect(Collectors.toUnmodifiableSet());
        assertThat(packages)
                .hasSizeGreaterThan(2)
                .allSatisfy(one -> assertThat(one.tryGetAnnotationOfType(NullMarked.class))
                        .as(one.getName() + " must have a package-info.java with @NullMarked")
                        .isPresent());
    }
}
