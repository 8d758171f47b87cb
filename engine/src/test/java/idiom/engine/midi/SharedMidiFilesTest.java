package idiom.engine.midi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedMidiFilesTest {
    @Test
    void shouldReadWriteAndEditEveryFileWithoutLoss() throws IOException {
        int refused = 0;
        List<Path> paths = SharedData.requireMidiFiles();
        for (Path path : paths) {
            MidiFile file;
            try {
                file = MidiFile.read(path);
            } catch (MidiFormatException e) {
                System.out.println("refused " + path.getFileName() + ": " + e.getMessage());
                refused++;
                continue;
            }
            assertThat(MidiFile.read(file.toBytes()).sameEvents(file))
                    .as("%s", path)
                    .isTrue();
            NoteTable table = NoteTable.of(file);
            assertThat(table.edit(new BitSet(), List.of())).as("%s", path).isEqualTo(file);
            assertThat(TempoMap.of(file).seconds(file.endTick())).as("%s", path).isBetween(1.0, 36_000.0);
            assertThat(MeterMap.of(file).barStarts(file.endTick()))
                    .as("%s", path)
                    .isNotEmpty();
            assertThat(KeyMap.of(file).signatures()).as("%s", path).hasSizeLessThan(10_000);
            assertThat(table.notes()).as("%s", path).isNotEmpty();
        }
        // A reader that refuses what others play has missed something.
        assertThat(refused).isLessThanOrEqualTo(paths.size() / 100);
    }
}
