package idiom.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiFormatException;
import idiom.engine.midi.MidiMutator;
import idiom.engine.midi.SharedData;
import idiom.presets.Decoding;
import idiom.presets.Hop;
import idiom.presets.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Broken files end in an output or one clear line, and soon. {@code -Didiom.mutations=N} tries more of them. */
class HostileSongsTest {
    private static final long MOST_NS = 5_000_000_000L;

    @Test
    void shouldTransferOrRefuseEveryMutation() throws IOException {
        int count = Integer.getInteger("idiom.mutations", 400);
        MidiMutator mutator = new MidiMutator(4, originals());
        int transferred = 0;
        long slowestNs = 0;
        for (int i = 0; i < count; i++) {
            byte[] bytes = mutator.next();
            long start = System.nanoTime();
            try {
                TransferResult result = new SongTransfer(
                                ScriptedGenerator.random(i), Decoding.PLAIN, Output.AS_INPUT, Hop.values()[i % 4])
                        .transfer(MidiFile.read(bytes));
                // The work of this generator is not ours.
                long inferenceNs =
                        result.windowNs().stream().mapToLong(ns -> ns).sum();
                assertThat(MidiFile.read(result.file().toBytes()).sameEvents(result.file()))
                        .isTrue();
                slowestNs = Math.max(slowestNs, System.nanoTime() - start - inferenceNs);
                transferred++;
            } catch (MidiFormatException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            } catch (IllegalArgumentException e) {
                // The two limits of a transfer; anything else that is wrong with an argument is our own mistake.
                assertThat(e).message().matches("a song (must lie within|may gain at most) .*");
            }
        }
        System.out.printf("%d of %d transferred, slowest %.0f ms%n", transferred, count, slowestNs / 1e6);
        assertThat(transferred).isGreaterThan(count / 10);
        assertThat(slowestNs).isLessThan(MOST_NS);
    }

    private static List<byte[]> originals() throws IOException {
        List<byte[]> originals = new ArrayList<>();
        for (long seed = 0; seed < 10; seed++) {
            originals.add(Songs.random(new SplittableRandom(seed), true).toBytes());
        }
        List<Path> real = SharedData.midiFiles();
        for (int i = 0; i < real.size(); i += 60) {
            originals.add(Files.readAllBytes(real.get(i)));
        }
        return originals;
    }
}
