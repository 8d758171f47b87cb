package idiom.app.score;

import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MetaMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.TicksPerQuarter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Reads the text score of a prelude in broken chords, as {@code bwv846.txt} explains it, and makes a MIDI file of it:
 * format 1, 480 ticks a quarter, 4/4; a track for tempo and meter, one for each hand (right on channel 0, left on 1),
 * acoustic grand piano. Stateless; [any].
 */
public final class PreludeScore {
    private static final int QUARTER_TICKS = 480;
    private static final int SIXTEENTH_TICKS = QUARTER_TICKS / 4;
    private static final int BAR_SIXTEENTHS = 16;
    private static final int RIGHT_HAND = 0;
    private static final int LEFT_HAND = 1;
    /** The score has no dynamics: one loudness a hand, the bass a little above the figure. */
    private static final int[] VELOCITY = {64, 72};

    private static final List<String> HANDS = List.of("Right hand", "Left hand");

    /** Where each letter from A to G lies above C. */
    private static final int[] SEMITONES = {9, 11, 0, 2, 4, 5, 7};

    private final List<List<MidiEvent>> hands = List.of(new ArrayList<>(), new ArrayList<>());
    private final List<MidiEvent> conductor = new ArrayList<>();
    private int bars;

    private PreludeScore() {}

    /** The bundled prelude, BWV 846. */
    public static MidiFile bundled() {
        try (InputStream in = Objects.requireNonNull(
                PreludeScore.class.getResourceAsStream("/idiom/app/bwv846.txt"), "bwv846.txt is not in the program")) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the MIDI file of a score.
     *
     * @throws IllegalArgumentException if a line is wrong; names the line
     */
    public static MidiFile parse(String text) {
        PreludeScore score = new PreludeScore();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            // A sharp is glued to its letter; a comment is not.
            String line = lines.get(i).replaceFirst("(^|\\s)#.*", "").strip();
            if (!line.isEmpty()) {
                try {
                    score.line(line);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("score line " + (i + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return score.file();
    }

    private void line(String line) {
        String word = line.split("\\s+", 2)[0];
        String rest = line.substring(word.length()).strip();
        switch (word) {
            case "title" -> conductor.add(new MidiEvent(0, MetaMessage.text(MetaMessage.TRACK_NAME, rest)));
            case "tempo" -> conductor.add(new MidiEvent(0, MetaMessage.setTempo(60_000_000 / Integer.parseInt(rest))));
            case "chord" -> chord(pitches(rest, 5));
            case "run" -> run(rest);
            case "close" -> close(pitches(rest, 5));
            default -> throw new IllegalArgumentException("must begin with title, tempo, chord, run or close: " + word);
        }
    }

    private void chord(int[] chord) {
        for (int half = 0; half < BAR_SIXTEENTHS; half += 8) {
            note(LEFT_HAND, chord[0], half, 8);
            note(LEFT_HAND, chord[1], half + 1, 7);
            for (int i = 0; i < 6; i++) {
                note(RIGHT_HAND, chord[2 + i % 3], half + 2 + i, 1);
            }
        }
        bars++;
    }

    private void run(String rest) {
        String[] hand = rest.split(":", -1);
        if (hand.length != 2) {
            throw new IllegalArgumentException("run must have one colon between the hands: " + rest);
        }
        int[] left = pitches(hand[0], 2);
        int[] right = pitches(hand[1], 14);
        note(LEFT_HAND, left[0], 0, BAR_SIXTEENTHS);
        note(LEFT_HAND, left[1], 1, BAR_SIXTEENTHS - 1);
        for (int i = 0; i < right.length; i++) {
            note(RIGHT_HAND, right[i], 2 + i, 1);
        }
        bars++;
    }

    private void close(int[] chord) {
        for (int i = 0; i < chord.length; i++) {
            note(i < 2 ? LEFT_HAND : RIGHT_HAND, chord[i], 0, BAR_SIXTEENTHS);
        }
        bars++;
    }

    private void note(int hand, int pitch, int sixteenth, int sixteenths) {
        long on = (long) (bars * BAR_SIXTEENTHS + sixteenth) * SIXTEENTH_TICKS;
        List<MidiEvent> events = hands.get(hand);
        events.add(new MidiEvent(on, ChannelMessage.noteOn(hand, pitch, VELOCITY[hand])));
        events.add(new MidiEvent(on + (long) sixteenths * SIXTEENTH_TICKS, ChannelMessage.noteOff(hand, pitch, 64)));
    }

    private MidiFile file() {
        if (bars == 0) {
            throw new IllegalArgumentException("a score must have at least one bar: bars=0");
        }
        conductor.add(new MidiEvent(0, MetaMessage.timeSignature(4, 4)));
        conductor.add(new MidiEvent(0, MetaMessage.keySignature(0, false)));
        List<MidiTrack> tracks = new ArrayList<>();
        tracks.add(track(conductor));
        for (int hand = 0; hand < HANDS.size(); hand++) {
            List<MidiEvent> events = new ArrayList<>();
            events.add(new MidiEvent(0, MetaMessage.text(MetaMessage.TRACK_NAME, HANDS.get(hand))));
            events.add(new MidiEvent(0, ChannelMessage.program(hand, 0)));
            events.addAll(hands.get(hand));
            tracks.add(track(events));
        }
        return new MidiFile(1, new TicksPerQuarter(QUARTER_TICKS), tracks);
    }

    /** In time, at one tick offs before ons, so that a repeated note is two notes; ends at the last bar line. */
    private MidiTrack track(List<MidiEvent> events) {
        List<MidiEvent> ordered = new ArrayList<>(events);
        ordered.sort(Comparator.comparingLong(MidiEvent::tick)
                .thenComparing(event -> event.message() instanceof ChannelMessage message && message.isNoteOn()));
        long end = (long) bars * BAR_SIXTEENTHS * SIXTEENTH_TICKS;
        ordered.add(new MidiEvent(end, MetaMessage.endOfTrack()));
        return new MidiTrack(ordered);
    }

    private static int[] pitches(String text, int count) {
        int[] pitches = Arrays.stream(text.strip().split("\\s+"))
                .mapToInt(PreludeScore::pitch)
                .toArray();
        if (pitches.length != count) {
            throw new IllegalArgumentException("must have " + count + " notes here: " + text.strip());
        }
        return pitches;
    }

    /** MIDI pitch of a name such as F#2; C4 is 60. */
    static int pitch(String name) {
        if (!name.matches("[A-G][#b]?[0-8]")) {
            throw new IllegalArgumentException("a note must be a letter A to G, # or b or nothing, an octave: " + name);
        }
        int accidental = name.length() == 2 ? 0 : name.charAt(1) == '#' ? 1 : -1;
        int octave = name.charAt(name.length() - 1) - '0';
        return 12 * (octave + 1) + SEMITONES[name.charAt(0) - 'A'] + accidental;
    }
}
