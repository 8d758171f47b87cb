package idiom.training.data;

import idiom.engine.midi.MeterMap;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiFormatException;
import idiom.engine.midi.MidiLimits;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import idiom.engine.midi.TicksPerQuarter;
import idiom.engine.pianoroll.BeatGrid;
import idiom.engine.pianoroll.Cells;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.pianoroll.Rendering;
import idiom.engine.pianoroll.SongRoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Renders MIDI files to 4-bar phrases by the papers' rules: one time signature of 4/4 from time 0, drums left out,
 * tracks merged, pitches 24 to 107, 16 steps a bar, phrases counted from the first bar.
 *
 * <p>Where the papers' own program was stricter than their text, or dropped what is whole: a repeated 4/4 on a bar line is
 * let pass; the piece ends with the bar in which its last note ends, and only what is left over after its last whole
 * phrase is dropped. [any].
 */
public final class SongReader {
    /** Two hours at 120 beats a minute; the phrases of a song are in memory together. */
    private static final int MOST_BARS = 3_600;

    private static final int BARS = PianoRoll.STEPS / PianoRoll.STEPS_PER_BAR;

    private final boolean acceptUnstatedMeter;
    private final RollRules rules;
    private final @Nullable KnownPhrases known;

    /**
     * A reader.
     *
     * @param acceptUnstatedMeter whether a file without any time signature counts as 4/4, which is the standard's
     *     default (RP-001); the papers left such files out, and many are recordings that keep to no bars
     * @param rules by which notes become cells
     */
    public SongReader(boolean acceptUnstatedMeter, RollRules rules) {
        this(acceptUnstatedMeter, rules, null);
    }

    /** A reader that leaves out songs of which a phrase is known, rendered by either rules. */
    SongReader(boolean acceptUnstatedMeter, RollRules rules, @Nullable KnownPhrases known) {
        this.acceptUnstatedMeter = acceptUnstatedMeter;
        this.rules = rules;
        this.known = known;
    }

    /** Reads and renders a file under the name it is to have; never throws for what is in it. */
    public SongOutcome read(Path file, String name) {
        String sha256 = "";
        try {
            if (Files.size(file) > MidiLimits.DEFAULT.maxFileBytes()) {
                return new SongOutcome.Skipped(
                        name, "", SkipReason.UNREADABLE, "too large: fileBytes=" + Files.size(file));
            }
            byte[] bytes = Files.readAllBytes(file);
            sha256 = Digests.sha256(bytes);
            return render(MidiFile.read(bytes), name, sha256);
        } catch (MidiFormatException e) {
            return new SongOutcome.Skipped(name, sha256, SkipReason.UNREADABLE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new SongOutcome.Skipped(name, sha256, SkipReason.UNREADABLE, e.toString());
        }
    }

    private SongOutcome render(MidiFile file, String name, String sha256) {
        if (file.format() == 2 && file.tracks().size() > 1) {
            return new SongOutcome.Skipped(
                    name,
                    sha256,
                    SkipReason.SEVERAL_PIECES,
                    "format 2: tracks=" + file.tracks().size());
        }
        if (!(file.division() instanceof TicksPerQuarter division)) {
            return new SongOutcome.Skipped(name, sha256, SkipReason.NO_BEATS, "division=" + file.division());
        }
        MeterCheck meter = MeterCheck.of(MeterMap.of(file), division.ticks(), acceptUnstatedMeter);
        if (meter.reason() != null) {
            return new SongOutcome.Skipped(name, sha256, meter.reason(), meter.detail());
        }
        return phrases(file, division.ticks(), name, sha256);
    }

    private SongOutcome phrases(MidiFile file, int quarterTicks, String name, String sha256) {
        List<Note> notes = NoteTable.of(file).notes();
        BeatGrid grid = BeatGrid.ofQuarter(quarterTicks);
        long steps = notes.stream()
                .filter(Rendering::shows)
                .mapToLong(note -> Rendering.heardEndStep(note, grid))
                .max()
                .orElse(0);
        long bars = (steps + PianoRoll.STEPS_PER_BAR - 1) / PianoRoll.STEPS_PER_BAR;
        int count = (int) Math.min(bars / BARS, Integer.MAX_VALUE);
        if (steps == 0) {
            return new SongOutcome.Skipped(name, sha256, SkipReason.NO_NOTES, "notes=" + notes.size());
        }
        if (bars > MOST_BARS || count == 0) {
            SkipReason reason = count == 0 ? SkipReason.TOO_SHORT : SkipReason.TOO_LONG;
            return new SongOutcome.Skipped(name, sha256, reason, "bars=" + bars);
        }
        PhraseSet product = PhraseSet.ofRolls(phrases(SongRoll.of(notes, grid).cells(), count));
        PhraseSet papers = rules == RollRules.PRODUCT && known == null
                ? product
                : PhraseSet.ofRolls(PublishedRendering.phrases(file, quarterTicks, count));
        SongOutcome.Rendered song =
                new SongOutcome.Rendered(name, sha256, rules == RollRules.PAPERS ? papers : product);
        int hits = known == null ? 0 : Math.max(known.count(product), known.count(papers));
        if (hits > 0) {
            return new SongOutcome.Skipped(name, sha256, SkipReason.KNOWN, "phrases in it=" + hits + " of " + count);
        }
        return song.sounding() > 0
                ? song
                : new SongOutcome.Skipped(name, sha256, SkipReason.NO_NOTES, "whole phrases are silent: bars=" + bars);
    }

    private static List<PianoRoll> phrases(Cells cells, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> cells.window(i * PianoRoll.STEPS))
                .toList();
    }
}
