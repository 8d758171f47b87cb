package idiom.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.midi.MidiFile;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.Synthetic;
import idiom.training.data.PhraseSet;
import org.junit.jupiter.api.Test;

class PhraseMidiTest {
    private static final int TICKS_PER_STEP = 120;

    /** What is written is read back, cell by cell: notes of one pitch that touch are one. */
    @Test
    void shouldSayEveryCellAndNoOther() throws Exception {
        PhraseSet phrases = Synthetic.phrases(5, 0, 84, 4);
        for (int i = 0; i < phrases.size(); i++) {
            PianoRoll roll = phrases.roll(i);
            MidiFile file = MidiFile.read(PhraseMidi.of(roll, "phrase " + i).toBytes());

            assertThat(file.warnings()).isEmpty();
            assertThat(file.endTick()).isEqualTo(64 * TICKS_PER_STEP);
            assertThat(cells(file)).isEqualTo(roll);
        }
        assertThat(cells(PhraseMidi.of(PianoRoll.empty(), "nothing"))).isEqualTo(PianoRoll.empty());
    }

    private static PianoRoll cells(MidiFile file) {
        long[] masks = new long[PianoRoll.PITCHES];
        for (Note note : NoteTable.of(file).notes()) {
            for (long tick = note.onTick(); tick < note.offTick(); tick += TICKS_PER_STEP) {
                masks[note.pitch() - PianoRoll.LOWEST_PITCH] |= 1L << (tick / TICKS_PER_STEP);
            }
        }
        return PianoRoll.ofPitches(masks);
    }
}
