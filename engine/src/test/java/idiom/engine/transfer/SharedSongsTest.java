package idiom.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiFormatException;
import idiom.engine.midi.SharedData;
import idiom.presets.Decoding;
import idiom.presets.Feel;
import idiom.presets.Hop;
import idiom.presets.Output;
import idiom.presets.PitchRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real songs: all come back from a generator that returns its input, and transfer costs little beside inference. */
class SharedSongsTest {
    @Test
    void shouldGiveBackRealSongs() throws IOException {
        List<Path> paths = SharedData.requireMidiFiles();
        for (int i = 0; i < paths.size(); i += 12) {
            MidiFile song = read(paths.get(i));
            for (Hop hop : List.of(Hop.WINDOW, Hop.BAR)) {
                assertThat(transfer(ScriptedGenerator.identity(), hop, song)
                                .file()
                                .sameEvents(song))
                        .as("%s", paths.get(i))
                        .isTrue();
            }
        }
    }

    @Test
    @Tag("slow")
    void shouldTransferEverySongInLittleTime() throws IOException {
        for (Hop hop : List.of(Hop.WINDOW, Hop.BAR)) {
            List<Long> costs = new ArrayList<>();
            for (Path path : SharedData.requireMidiFiles()) {
                MidiFile song = read(path);
                assertThat(transfer(ScriptedGenerator.identity(), hop, song)
                                .file()
                                .sameEvents(song))
                        .as("%s", path)
                        .isTrue();
                long start = System.nanoTime();
                TransferResult result = transfer(ScriptedGenerator.random(1), hop, song);
                long inferenceNs =
                        result.windowNs().stream().mapToLong(ns -> ns).sum();
                costs.add(System.nanoTime() - start - inferenceNs);
            }
            Collections.sort(costs);
            System.out.printf(
                    "hop %s: %d songs, without inference median %.1f ms, slowest %.1f ms%n",
                    hop, costs.size(), costs.get(costs.size() / 2) / 1e6, costs.get(costs.size() - 1) / 1e6);
            assertThat(costs.get(costs.size() / 2)).isLessThan(200_000_000L);
        }
    }

    private static TransferResult transfer(ScriptedGenerator generator, Hop hop, MidiFile song) {
        Decoding decoding = new Decoding(0.5, 0.8, true, true, 1.5, new Feel(0.6, 0.1, 1, 8), PitchRange.FULL);
        return new SongTransfer(generator, decoding, Output.AS_INPUT, hop).transfer(song);
    }

    private static MidiFile read(Path path) throws IOException {
        try {
            return MidiFile.read(path);
        } catch (MidiFormatException e) {
            return Songs.of(List.of());
        }
    }
}
