package idiom.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        byte[] rows = new byte[3 * 672];
        new Random(1).nextBytes(rows);
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, rows);
        assertThat(NpyFile.read(file)).isEqualTo(rows);
        assertThat(Files.size(file)).isEqualTo(128 + 3 * 672);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void shouldWriteTheHeaderNumPyWrites() throws IOException {
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, new byte[672]);
        String header = new String(Files.readAllBytes(file), 0, 128, StandardCharsets.ISO_8859_1);
        assertThat(header)
                .startsWith("\u0093NUMPY\u0001\u0000\u0076\u0000{'descr': '|u1', 'fortran_order': False, "
                        + "'shape': (1, 672), }   ")
                .endsWith(" \n");
    }

    @Test
    void shouldReadNoPhrases() throws IOException {
        NpyFile.write(folder.resolve("a.npy"), new byte[0]);
        assertThat(NpyFile.read(folder.resolve("a.npy"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldReadEveryFormatVersion(int version) throws IOException {
        Path file = npy(version, "{\"shape\":(2,672),'fortran_order' : False,  'descr':'u1'}", 2 * 672);
        assertThat(NpyFile.read(file)).hasSize(2 * 672);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
            {'descr': '<f4', 'fortran_order': False, 'shape': (1, 672), }       ; dtype=<f4
            {'descr': '|u1', 'fortran_order': True, 'shape': (1, 672), }        ; fortran_order=True
            {'descr': '|u1', 'fortran_order': False, 'shape': (1, 64, 84), }    ; shape=(1,64,84)
            {'descr': '|u1', 'fortran_order': False, 'shape': (672,), }         ; shape=(672,)
            {'descr': '|u1', 'fortran_order': False, 'shape': (-1, 672), }      ; unreadable .npy header
            {'descr': '|u1', 'fortran_order': False, }                          ; unreadable .npy header
            {'descr': '|u1', 'descr': '|u1', 'fortran_order': False, }          ; unreadable .npy header
            {'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,672)} ; unreadable .npy header
            __import__('os').abort()                                            ; unreadable .npy header
            {'descr': '|u1', 'fortran_order': False, 'shape': (2, 672), }       ; cut short: dataBytes=672
            {'descr': '|u1', 'fortran_order': False, 'shape': (0, 672), }       ; too long: dataBytes=672
            {'descr': '|u1', 'fortran_order': False, 'shape': (999999999999999999, 672), } ; cut short
            {'descr': '|u1', 'fortran_order': False, 'shape': (9999999999999999999, 672), } ; shape=(9999999999999999999,672)
            """)
    void shouldSayWhatIsWrong(String header, String expected) throws IOException {
        Path file = npy(1, header, 672);
        assertThatThrownBy(() -> NpyFile.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(expected)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void shouldNotBelieveAHeaderLength() throws IOException {
        Path file = folder.resolve("a.npy");
        Files.write(file, new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1, '{'});
        assertThatThrownBy(() -> NpyFile.read(file))
                .hasMessageContaining("headerBytes=4294967295 fileBytes=13")
                .isInstanceOf(DataException.class);
    }

    @Test
    void shouldRefuseWhatIsNoArrayOrNoFile() throws IOException {
        Path midi = Files.writeString(folder.resolve("a.mid"), "MThd....");
        assertThatThrownBy(() -> NpyFile.read(midi)).hasMessageContaining("not a .npy file");
        Path empty = Files.writeString(folder.resolve("b.npy"), "");
        assertThatThrownBy(() -> NpyFile.read(empty)).hasMessageContaining("ends inside its header");
        assertThatThrownBy(() -> NpyFile.read(folder.resolve("c.npy")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("NoSuchFile");
    }

    /** U+009B begins a command to a terminal, as ESC [ does. */
    @Test
    void shouldSayNothingToTheTerminal() throws IOException {
        Path file = folder.resolve("a.npy");
        byte[] head = "\u0093NUMPY\1\0\6\0{\u00c2\u009b2J\33".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, head);
        assertThatThrownBy(() -> NpyFile.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("header={?2J?");
    }

    /** Every single-byte change and every cut of a small file ends in rows or in a DataException, nothing else. */
    @Test
    void shouldSurviveMutation() throws IOException {
        Path whole = npy(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 672), }", 672);
        byte[] bytes = Files.readAllBytes(whole);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] mutated = i % 2 == 0 ? bytes.clone() : java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
            if (mutated.length > 0) {
                mutated[random.nextInt(Math.min(mutated.length, 90))] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve("m.npy"), mutated);
            try {
                assertThat(NpyFile.read(file)).hasSize(672);
            } catch (DataException e) {
                refused++;
                assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
            }
        }
        assertThat(refused).isBetween(250, 499);
    }

    private Path npy(int version, String header, int dataBytes) throws IOException {
        byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] file = new byte[(version == 1 ? 10 : 12) + text.length + dataBytes];
        System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0}, 0, file, 0, 8);
        file[8] = (byte) text.length;
        file[9] = (byte) (text.length >> 8);
        System.arraycopy(text, 0, file, version == 1 ? 10 : 12, text.length);
        return Files.write(folder.resolve("v" + version + ".npy"), file);
    }
}
