package idiom.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SongReaderTest {
    private static final long BAR = 1920;

    @TempDir
    Path folder;

    @Test
    void shouldRenderAsTheProductDoes() throws IOException {
        // Steps are 120 ticks: [119, 241) touches steps 0, 1 and 2; [240, 360) is step 2 and ends as step 3 begins.
        // Struck
        // again at step 2, a note leaves step 1 silent. What ends with the song has nothing after it.
        PhraseSet phrases = phrases(new MidiBytes()
                .meter(0, 4, 2)
                .note(0, 60, 119, 241)
                .note(1, 24, 240, 360)
                .note(1, 62, 0, 240)
                .note(1, 62, 250, 300)
                .note(2, 107, 4 * BAR - 120, 4 * BAR));
        assertThat(phrases.size()).isEqualTo(1);
        assertThat(phrases.roll(0).steps(60 - 24)).isEqualTo(0b111);
        assertThat(phrases.roll(0).steps(0)).isEqualTo(0b1100);
        assertThat(phrases.roll(0).steps(62 - 24)).isEqualTo(0b101);
        assertThat(phrases.roll(0).steps(83)).isEqualTo(1L << 63);
    }

    @Test
    void shouldLeaveOutDrumsAndPitchesBeyondTheRoll() throws IOException {
        PhraseSet phrases = phrases(new MidiBytes()
                .meter(0, 4, 2)
                .note(9, 60, 0, BAR)
                .note(0, 23, 0, BAR)
                .note(0, 108, 0, BAR)
                .note(0, 50, 3 * BAR, 4 * BAR));
        assertThat(phrases.roll(0).cellCount()).isEqualTo(16);
    }

    @Test
    void shouldCountTheBarTheLastNoteEndsIn() throws IOException {
        // 7 bars and a bit: two phrases; 8 bars and a bit: the ninth bar is left over.
        assertThat(phrases(new MidiBytes().meter(0, 4, 2).note(0, 60, 0, 7 * BAR + 1))
                        .size())
                .isEqualTo(2);
        assertThat(phrases(new MidiBytes().meter(0, 4, 2).note(0, 60, 0, 8 * BAR + 1))
                        .size())
                .isEqualTo(2);
        assertThat(skipped(new MidiBytes().meter(0, 4, 2).note(0, 60, 0, 3 * BAR))
                        .reason())
                .isEqualTo(SkipReason.TOO_SHORT);
    }

    @Test
    void shouldKeepSilentPhrasesInPlace() throws IOException {
        PhraseSet phrases = phrases(new MidiBytes().meter(0, 4, 2).note(0, 60, 8 * BAR, 12 * BAR));
        assertThat(phrases.size()).isEqualTo(3);
        assertThat(phrases.isSilent(0)).isTrue();
        assertThat(phrases.roll(2).steps(36)).isEqualTo(-1L);
    }

    @Test
    void shouldSayWhyAFileIsLeftOut() throws IOException {
        assertSkipped(music(), SkipReason.METER_UNKNOWN, "time signatures=0");
        assertSkipped(music().meter(0, 3, 2), SkipReason.NOT_FOUR_FOUR, "3/4 at bar 1");
        assertSkipped(music().meter(0, 4, 2).meter(BAR, 2, 2), SkipReason.NOT_FOUR_FOUR, "2/4 at bar 2");
        assertSkipped(music().meter(1, 4, 2), SkipReason.METER_LATE, "first time signature at tick 1");
        assertSkipped(
                music().meter(0, 4, 2).meter(BAR + 960, 4, 2),
                SkipReason.BROKEN_BAR,
                "time signature at tick 2880, bars of 1920 ticks");
        assertSkipped(new MidiBytes().meter(0, 4, 2).note(9, 36, 0, 8 * BAR), SkipReason.NO_NOTES, "notes=1");
        assertSkipped(
                new MidiBytes().meter(0, 4, 2).note(0, 60, 4000 * BAR, 4004 * BAR), SkipReason.TOO_LONG, "bars=4004");
    }

    @Test
    void shouldTakeARepeatedFourFourOnABarLine() throws IOException {
        assertThat(phrases(music().meter(0, 4, 2).meter(2 * BAR, 4, 2)).size()).isEqualTo(1);
    }

    @Test
    void shouldTakeUnstatedMeterWhenTold() throws IOException {
        Path file = music().write(folder.resolve("a.mid"));
        assertThat(new SongReader(true, RollRules.PRODUCT).read(file, "a")).isInstanceOf(SongOutcome.Rendered.class);
    }

    @Test
    void shouldSkipWhatIsNoMidiFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.mid"), "not a midi file at all");
        SongOutcome outcome = new SongReader(false, RollRules.PRODUCT).read(file, "a.mid");
        assertThat(outcome).isInstanceOf(SongOutcome.Skipped.class);
        assertThat(((SongOutcome.Skipped) outcome).reason()).isEqualTo(SkipReason.UNREADABLE);
        assertThat(outcome.sha256()).hasSize(64);
        outcome = new SongReader(false, RollRules.PRODUCT).read(folder.resolve("none.mid"), "none.mid");
        assertThat(((SongOutcome.Skipped) outcome).reason()).isEqualTo(SkipReason.UNREADABLE);
    }

    private static MidiBytes music() {
        return new MidiBytes().note(0, 60, 0, 4 * BAR);
    }

    private PhraseSet phrases(MidiBytes midi) throws IOException {
        SongOutcome outcome =
                new SongReader(false, RollRules.PRODUCT).read(midi.write(folder.resolve("a.mid")), "a.mid");
        assertThat(outcome).isInstanceOf(SongOutcome.Rendered.class);
        return ((SongOutcome.Rendered) outcome).phrases();
    }

    private SongOutcome.Skipped skipped(MidiBytes midi) throws IOException {
        SongOutcome outcome =
                new SongReader(false, RollRules.PRODUCT).read(midi.write(folder.resolve("a.mid")), "a.mid");
        assertThat(outcome).isInstanceOf(SongOutcome.Skipped.class);
        return (SongOutcome.Skipped) outcome;
    }

    private void assertSkipped(MidiBytes midi, SkipReason reason, String detail) throws IOException {
        assertThat(skipped(midi))
                .extracting(SongOutcome.Skipped::reason, SongOutcome.Skipped::detail)
                .containsExactly(reason, detail);
    }
}
