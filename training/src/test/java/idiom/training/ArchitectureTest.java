package idiom.training;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
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
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
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

/** The lines of docs/architecture.md, over presets, engine and training; app holds its own. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("idiom");

    private static final Set<String> MAKERS = Set.of(
            "from_blob",
            "tensor",
            "scalar_tensor",
            "zeros",
            "ones",
            "empty",
            "full",
            "eye",
            "arange",
            "linspace",
            "rand",
            "randn",
            "randint",
            "randperm");

    @Test
    void shouldDependInOneDirection() {
        noClasses()
                .that()
                .resideOutsideOfPackage("idiom.training..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("idiom.training..")
                .check(CLASSES);
        noClasses().should().resideInAPackage("idiom.app..").check(CLASSES);
    }

    @Test
    void shouldKnowPyTorchOnlyWhereNetworksAreTrained() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "idiom.training.net..",
                        "idiom.training.gan..",
                        "idiom.training.distil..",
                        "idiom.training.classifier..",
                        "idiom.training.run..",
                        "idiom.training.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(CLASSES);
    }

    /** The command line chooses threads and tells versions, no more. */
    @Test
    void shouldTouchNoTensorsFromTheCommandLine() {
        noClasses()
                .that()
                .resideInAPackage("idiom.training.cli..")
                .should()
                .dependOnClassesThat(describe(
                        "are PyTorch's types, beyond its global functions",
                        (JavaClass type) -> type.getPackageName().equals("org.bytedeco.pytorch")))
                .check(CLASSES);
    }

    /** Everything else is made of tensors that {@code Device} made, and lies where they do. */
    @Test
    void shouldMakeTensorsInOnePlace() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("idiom.training.net.Device")
                .should()
                .callMethodWhere(describe(
                        "a PyTorch function that makes a tensor of no other",
                        (JavaMethodCall call) ->
                                call.getTargetOwner().getName().equals("org.bytedeco.pytorch.global.torch")
                                        && MAKERS.contains(call.getName().replace("torch_", ""))))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.bytedeco.pytorch.TensorOptions")
                .check(CLASSES);
    }

    /** Everybody else is told where to compute, so nothing of one run can end up on two devices. */
    @Test
    void shouldChooseDevicesOnTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("idiom.training.cli..")
                .and()
                .doNotHaveFullyQualifiedName("idiom.training.net.Device")
                .and()
                .doNotHaveFullyQualifiedName("idiom.training.net.Tensors")
                .should()
                .accessFieldWhere(describe(
                        "a device by its name",
                        (JavaFieldAccess access) ->
                                access.getTargetOwner().getName().equals("idiom.training.net.Device")))
                .check(CLASSES);
    }

    @Test
    void shouldWriteOnnxInOnePackageAndRunItThroughTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("idiom.training.export..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.tribuo..", "ai.onnx.proto..", "com.google.protobuf..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("idiom.engine.onnx..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "ai.onnxruntime..")
                .check(CLASSES);
    }

    @Test
    void shouldReadCommandLinesInCommands() {
        noClasses()
                .that()
                .resideOutsideOfPackage("idiom.training.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "ch.qos.logback..")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoWindowsAndNoSound() {
        noClasses()
                .that()
                // Files that are rendered, by nobody's device.
                .resideOutsideOfPackage("idiom.engine.sound..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.swing..", "javax.sound..")
                .check(CLASSES);
    }

    @Test
    void shouldDrawInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("idiom.training.attribution.picture..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.imageio..")
                .check(CLASSES);
    }

    @Test
    void shouldPrintNowhereButInCommands() {
        noClasses()
                .that()
                .resideOutsideOfPackage("idiom.training.cli..")
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
