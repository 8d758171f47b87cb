package idiom.engine.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoteTableTest {
    private static final TicksPerQuarter DIVISION = new TicksPerQuarter(96);

    private static MidiEvent on(long tick, int pitch, int velocity) {
        return new MidiEvent(tick, ChannelMessage.noteOn(0, pitch, velocity));
    }

    private static MidiEvent off(long tick, int pitch, int releaseVelocity) {
        return new MidiEvent(tick, ChannelMessage.noteOff(0, pitch, releaseVelocity));
    }

    private static MidiEvent end(long tick) {
        return new MidiEvent(tick, MetaMessage.endOfTrack());
    }

    private static MidiEvent program(long tick, int program) {
        return new MidiEvent(tick, ChannelMessage.program(0, program));
    }

    private static MidiFile file(MidiEvent... events) {
        return new MidiFile(1, DIVISION, List.of(new MidiTrack(List.of(events))));
    }

    private static Note note(int pitch, int velocity, int release, long onTick, long offTick) {
        return new Note(0, 0, pitch, velocity, release, onTick, offTick);
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        IntStream.of(set).forEach(bits::set);
        return bits;
    }

    private static List<MidiEvent> events(MidiFile file) {
        return file.tracks().get(0).events();
    }

    @Test
    void shouldPairOffsWithTheOldestNote() {
        MidiFile file = file(
                on(0, 60, 10),
                on(10, 60, 20),
                off(20, 60, 30),
                off(40, 60, 40),
                on(50, 60, 50),
                on(60, 60, 0),
                end(70));

        assertThat(NoteTable.of(file).notes())
                .containsExactly(note(60, 10, 30, 0, 20), note(60, 20, 40, 10, 40), note(60, 50, 64, 50, 60));
    }

    @Test
    void shouldTellChannelsPitchesAndTracksApart() {
        MidiTrack first = new MidiTrack(List.of(
                on(0, 60, 1),
                on(0, 61, 2),
                new MidiEvent(0, ChannelMessage.noteOn(1, 60, 3)),
                off(5, 61, 64),
                new MidiEvent(6, ChannelMessage.noteOff(1, 60, 64)),
                end(9)));
        MidiTrack second = new MidiTrack(List.of(on(0, 60, 4), off(3, 60, 64), end(9)));

        assertThat(NoteTable.of(new MidiFile(1, DIVISION, List.of(first, second)))
                        .notes())
                .containsExactly(
                        new Note(0, 0, 60, 1, 64, 0, 9),
                        new Note(0, 0, 61, 2, 64, 0, 5),
                        new Note(0, 1, 60, 3, 64, 0, 6),
                        new Note(1, 0, 60, 4, 64, 0, 3));
    }

    @Test
    void shouldOrderNotesByTickThenTrack() {
        MidiTrack first = new MidiTrack(List.of(on(5, 60, 1), off(6, 60, 64), end(9)));
        MidiTrack second = new MidiTrack(List.of(on(0, 60, 2), off(3, 60, 64), on(5, 62, 3), end(9)));

        assertThat(NoteTable.of(new MidiFile(1, DIVISION, List.of(first, second)))
                        .notes())
                .extracting(Note::velocity)
                .containsExactly(2, 1, 3);
    }

    @Test
    void shouldEndANoteWithoutOffWithItsTrack() {
        assertThat(NoteTable.of(file(off(3, 60, 0), on(5, 60, 9), end(50))).notes())
                .containsExactly(note(60, 9, 64, 5, 50));
    }

    @Test
    void shouldReadAStrikeBeforeItsPredecessorsOffAtOneTick() {
        MidiFile file = file(on(0, 60, 1), on(10, 60, 2), off(10, 60, 64), off(20, 60, 64), end(20));

        assertThat(NoteTable.of(file).notes()).containsExactly(note(60, 1, 64, 0, 10), note(60, 2, 64, 10, 20));
    }

    @Test
    void shouldChangeNothingWhereNothingIsAsked() {
        for (int seed = 0; seed < 200; seed++) {
            MidiFile file = RandomMidi.file(seed);
            assertThat(NoteTable.of(file).edit(new BitSet(), List.of())).isEqualTo(file);
        }
    }

    @Test
    void shouldReplaceEveryNoteByItselfWithoutAChange() {
        for (int seed = 0; seed < 100; seed++) {
            NoteTable table = NoteTable.of(RandomMidi.file(seed));
            Map<Integer, Note> same = new java.util.HashMap<>();
            for (int i = 0; i < table.notes().size(); i++) {
                same.put(i, table.notes().get(i));
            }
            assertThat(table.edit(new BitSet(), same, List.of())).isEqualTo(table.file());
        }
    }

    @Test
    void shouldTakeOutBothEventsOfANote() {
        MidiFile file = file(on(0, 60, 1), program(0, 5), on(0, 64, 2), off(9, 60, 64), off(9, 64, 64), end(9));

        assertThat(events(NoteTable.of(file).edit(bits(0), List.of())))
                .containsExactly(program(0, 5), on(0, 64, 2), off(9, 64, 64), end(9));
    }

    @Test
    void shouldAddOffsBeforeAndOnsAfterWhatIsThere() {
        MidiFile file = file(on(0, 60, 1), off(10, 60, 64), program(10, 5), on(10, 62, 2), off(20, 62, 64), end(20));

        MidiFile edited = NoteTable.of(file).edit(bits(), List.of(note(62, 7, 33, 0, 10), note(60, 8, 64, 10, 20)));

        assertThat(events(edited))
                .containsExactly(
                        on(0, 60, 1),
                        on(0, 62, 7),
                        off(10, 62, 33),
                        off(10, 60, 64),
                        program(10, 5),
                        on(10, 62, 2),
                        on(10, 60, 8),
                        off(20, 60, 64),
                        off(20, 62, 64),
                        end(20));
    }

    @Test
    void shouldMoveTheEndOfTrackBehindALateNote() {
        MidiFile file = file(on(0, 60, 1), end(10));

        MidiFile edited = NoteTable.of(file).edit(bits(), List.of(note(62, 2, 64, 12, 15)));

        // The old note lasted to the old end of track and still does.
        assertThat(events(edited))
                .containsExactly(on(0, 60, 1), off(10, 60, 64), on(12, 62, 2), off(15, 62, 64), end(15));
    }

    @Test
    void shouldKeepAnOffAfterItsOnAtTheOldEndOfTrack() {
        MidiFile file = file(on(10, 60, 1), end(10));

        MidiFile edited = NoteTable.of(file).edit(bits(), List.of(note(60, 2, 64, 10, 15)));

        assertThat(events(edited))
                .containsExactly(on(10, 60, 1), off(10, 60, 64), on(10, 60, 2), off(15, 60, 64), end(15));
    }

    @Test
    void shouldAddANoteOfNoLength() {
        MidiFile edited = NoteTable.of(file(program(4, 1), end(4))).edit(bits(), List.of(note(60, 2, 64, 4, 4)));

        assertThat(events(edited)).containsExactly(program(4, 1), on(4, 60, 2), off(4, 60, 64), end(4));
    }

    @Test
    void shouldLeaveOutAStrayOffThatWouldEndANewNote() {
        MidiFile file = file(off(2, 60, 1), off(5, 60, 2), off(5, 61, 3), off(9, 60, 4), end(9));

        MidiFile edited = NoteTable.of(file).edit(bits(), List.of(note(60, 7, 64, 2, 8)));

        assertThat(events(edited))
                .containsExactly(off(2, 60, 1), on(2, 60, 7), off(5, 61, 3), off(8, 60, 64), off(9, 60, 4), end(9));
    }

    @Test
    void shouldReplaceExpressionInPlace() {
        MidiFile file = file(on(0, 60, 1), program(0, 3), program(9, 4), on(9, 60, 0), end(9));
        NoteTable table = NoteTable.of(file);

        assertThat(events(table.edit(bits(), Map.of(0, note(60, 99, 64, 0, 9)), List.of())))
                .containsExactly(on(0, 60, 99), program(0, 3), program(9, 4), on(9, 60, 0), end(9));
        assertThat(events(table.edit(bits(), Map.of(0, note(60, 99, 20, 0, 9)), List.of())))
                .containsExactly(on(0, 60, 99), program(0, 3), program(9, 4), off(9, 60, 20), end(9));
    }

    @Test
    void shouldReplacePitchAndTime() {
        MidiFile file = file(on(0, 60, 1), off(9, 60, 64), end(9));

        MidiFile edited = NoteTable.of(file).edit(bits(), Map.of(0, note(61, 1, 64, 3, 6)), List.of());

        assertThat(events(edited)).containsExactly(on(3, 61, 1), off(6, 61, 64), end(9));
        assertThat(events(NoteTable.of(file).edit(bits(0), Map.of(0, note(61, 1, 64, 3, 6)), List.of())))
                .containsExactly(end(9));
    }

    @Test
    void shouldRefuseEditsOutsideTheFile() {
        NoteTable table = NoteTable.of(file(on(0, 60, 1), off(9, 60, 64), end(9)));

        assertThatThrownBy(() -> table.edit(bits(1), List.of())).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> table.edit(bits(), List.of(new Note(1, 0, 60, 1, 64, 0, 1))))
                .hasMessageStartingWith("a new note must be on a track of the file and end by tick 268435455: Note[");
        assertThatThrownBy(() -> table.edit(bits(), List.of(note(60, 1, 64, 0, MidiTrack.MAX_TICK + 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldFindTheNotesThatAnEditAskedFor() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Note> there = new ArrayList<>();
            List<Note> toAdd = new ArrayList<>();
            fill(random, there, toAdd);
            MidiFile base = NoteTable.of(others(random)).edit(new BitSet(), there);
            NoteTable table = NoteTable.of(base);
            assertThat(table.notes()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(there);

            BitSet removed = new BitSet();
            List<Note> expected = new ArrayList<>(toAdd);
            for (int i = 0; i < table.notes().size(); i++) {
                if (random.nextInt(3) == 0) {
                    removed.set(i);
                } else {
                    expected.add(table.notes().get(i));
                }
            }
            MidiFile edited = table.edit(removed, toAdd);

            assertThat(NoteTable.of(edited).notes()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(notNotes(edited)).as("seed %d", seed).isEqualTo(notNotes(base));
        }
    }

    /** Notes that never overlap on one key, though they may touch, dealt to two lists. */
    private static void fill(Random random, List<Note> first, List<Note> second) {
        for (int key = 0; key < 12; key++) {
            long tick = random.nextInt(20);
            while (tick < 400) {
                long off = tick + 1 + random.nextInt(40);
                Note note = new Note(
                        key % 2, key % 3, 60 + key / 6, 1 + random.nextInt(127), random.nextInt(128), tick, off);
                (random.nextBoolean() ? first : second).add(note);
                tick = off + (random.nextBoolean() ? 0 : random.nextInt(30));
            }
        }
    }

    private static MidiFile others(Random random) {
        List<MidiTrack> tracks = new ArrayList<>();
        for (int track = 0; track < 2; track++) {
            List<MidiEvent> events = new ArrayList<>();
            for (long tick = 0; tick < 450; tick += random.nextInt(8)) {
                events.add(program(tick, random.nextInt(128)));
            }
            events.add(end(1000));
            tracks.add(new MidiTrack(events));
        }
        return new MidiFile(1, DIVISION, tracks);
    }

    private static List<List<MidiEvent>> notNotes(MidiFile file) {
        return file.tracks().stream()
                .map(track -> track.events().stream()
                        .filter(event -> !(event.message() instanceof ChannelMessage message
                                && (message.isNoteOn() || message.isNoteOff())))
                        .toList())
                .toList();
    }
}
