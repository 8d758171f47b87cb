package idiom.bridge.coremidi;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That only what Apple documents is asked for, of the framework that has it, and that the stand-in has just that. */
class BindingTest {
    private static final Map<Class<?>, String> FRAMEWORKS =
            Map.of(MidiServices.class, "CoreMIDI", CoreFoundation.class, "CoreFoundation", MachTime.class, "libSystem");
    private static final Set<String> CONSTANTS = Set.of(
            "CoreMIDI kMIDIPropertyName",
            "CoreMIDI kMIDIPropertyDisplayName",
            "CoreMIDI kMIDIPropertyDriverOwner",
            "CoreMIDI kMIDIPropertyUniqueID",
            "CoreMIDI kMIDIPropertyOffline",
            "CoreFoundation kCFRunLoopDefaultMode");

    private static Set<String> bound() {
        Set<String> names = new TreeSet<>(CONSTANTS);
        FRAMEWORKS.forEach((type, framework) -> functions(type).forEach(name -> names.add(framework + " " + name)));
        return names;
    }

    private static List<String> functions(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isNative(method.getModifiers()))
                .map(Method::getName)
                .toList();
    }

    private static Set<String> documented() throws IOException {
        return Files.readAllLines(FakeCoreMidi.SOURCES.resolve("documented-api.txt"), StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toSet());
    }

    @Test
    void shouldAskForDocumentedFunctionsAndVariablesOnly() throws IOException {
        assertThat(bound()).hasSizeGreaterThan(30);
        assertThat(documented()).containsAll(bound());
    }

    @Test
    void shouldHaveAStandInForEachOfThemAndForNothingElse() throws IOException {
        Set<String> exported = new HashSet<>(FakeCoreMidi.get().symbols());
        assertThat(exported).anyMatch(name -> name.startsWith("fake_"));
        exported.removeIf(name -> name.startsWith("fake_") || name.startsWith("_"));
        assertThat(exported)
                .containsExactlyInAnyOrderElementsOf(bound().stream()
                        .map(name -> name.substring(name.indexOf(' ') + 1))
                        .toList());
    }

    /** A {@code CFStringRef} is what the variable holds: neither the variable's address nor a text of our own. */
    @Test
    void shouldReadNamesOfPropertiesFromTheFrameworksVariables() {
        FakeCoreMidi fake = FakeCoreMidi.get();
        Properties properties = fake.frameworks(PacketLayout.ALIGNED).properties();
        Pointer variable = fake.library().getGlobalVariableAddress("kMIDIPropertyUniqueID");
        assertThat(properties.uniqueId())
                .isEqualTo(Pointer.nativeValue(variable.getPointer(0)))
                .isNotEqualTo(Pointer.nativeValue(variable));
        assertThat(List.of(
                        properties.name(),
                        properties.displayName(),
                        properties.driver(),
                        properties.uniqueId(),
                        properties.offline()))
                .doesNotHaveDuplicates()
                .doesNotContain(0L);
    }
}
