package idiom.app.record;

import idiom.engine.midi.MetaMessage;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.TicksPerQuarter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The MIDI file of a session: format 1, first a track of tempos, the metre and markers, then two tracks for each device, what
 * went in and what came out. All tracks share one line of positions, that of the device that went along with a transport or a
 * clock, or the first.
 */
final class TakeFile {
    /** Ticks a quarter: a quarter of a millisecond at 120 quarters a minute, and what Ardour counts in. */
    static final int TICKS_PER_QUARTER = 1920;

    private static final int TICKS_PER_STEP = TICKS_PER_QUARTER / 4;
    private static final int STEPS_PER_BAR = 16;
    private static final int STEPS_PER_BEAT = 4;

    private final Take take;
    private final SongLine line;
    private final boolean isAlone;

    private TakeFile(Take take) {
        this.take = take;
        this.isAlone = take.devices().size() == 1;
        this.line = SongLine.of(turns(conductor(take)), played(take));
    }

    /** Makes the file of a session. */
    static MidiFile of(Take take) {
        return new TakeFile(take).file();
    }

    private static Take.Part conductor(Take take) {
        Take.Part most = take.devices().get(0);
        for (Take.Part part : take.devices()) {
            most = turns(part).size() > turns(most).size() ? part : most;
        }
        return most;
    }

    private static List<SongLine.Turn> turns(Take.Part part) {
        List<SongLine.Turn> turns = new ArrayList<>();
        for (Entry entry : part.entries()) {
            if (entry instanceof Entry.Moved moved) {
                turns.add(new SongLine.Turn(part.seconds(moved.time()), moved.step(), moved.stepsPerSecond()));
            }
        }
        turns.sort(Comparator.comparingDouble(SongLine.Turn::seconds));
        return turns;
    }

    private static double[] played(Take take) {
        return take.devices().stream()
                .flatMapToDouble(part -> part.entries().stream()
                        .filter(Passed.class::isInstance)
                        .mapToDouble(entry -> part.seconds(entry.time())))
                .sorted()
                .toArray();
    }

    private MidiFile file() {
        double[] played = played(take);
        double end = played.length == 0 ? 0 : played[played.length - 1];
        List<MidiTrack> tracks = new ArrayList<>();
        tracks.add(conducting(end));
        for (Take.Part part : take.devices()) {
            tracks.add(music(part, "in", Passed.Way.IN));
            tracks.add(music(part, "out", Passed.Way.OUT));
        }
        return new MidiFile(1, new TicksPerQuarter(TICKS_PER_QUARTER), tracks);
    }

    private MidiTrack conducting(double endSeconds) {
        TrackBuilder track = new TrackBuilder();
        track.add(0, MetaMessage.text(MetaMessage.TRACK_NAME, "Idiom"));
        track.add(0, MetaMessage.timeSignature(4, 4));
        for (TempoCurve.Tempo tempo : TempoCurve.of(line, endSeconds)) {
            // Before anything else there is the first tempo.
            long tick = track.hasTempo() ? tick(tempo.fileStep()) : 0;
            track.add(tick, MetaMessage.setTempo(tempo.quarterUs()));
        }
        for (SongLine.Piece piece : line.pieces().subList(1, line.pieces().size())) {
            if (piece.jumps()) {
                track.mark(tick(piece.fileStep()), "jump to " + place(piece.songStep()));
            }
        }
        for (Take.Part part : take.devices()) {
            mark(part, track);
        }
        return track.build();
    }

    /** Bar and beat, the beat only where it isn't the first. */
    private static String place(double songStep) {
        long step = Math.round(songStep);
        int beat = Math.floorMod(step, STEPS_PER_BAR) / STEPS_PER_BEAT + 1;
        String bar = "bar " + (Math.floorDiv(step, STEPS_PER_BAR) + 1);
        return beat == 1 ? bar : bar + " beat " + beat;
    }

    private void mark(Take.Part part, TrackBuilder track) {
        String who = isAlone ? "" : part.source().name() + ": ";
        List<String> presets = part.source().presets();
        for (Entry entry : part.entries()) {
            if (entry instanceof Entry.Preset preset) {
                String name = preset.index() < presets.size() ? presets.get(preset.index()) : "" + preset.index();
                track.mark(tick(part, entry), who + "preset " + name);
            } else if (entry instanceof Entry.Late) {
                track.mark(tick(part, entry), who + "late window");
            }
        }
    }

    private MidiTrack music(Take.Part part, String name, Passed.Way way) {
        TrackBuilder track = new TrackBuilder();
        track.add(
                0,
                MetaMessage.text(
                        MetaMessage.TRACK_NAME, isAlone ? name : part.source().name() + " " + name));
        List<Passed> passed = new ArrayList<>();
        for (Entry entry : part.entries()) {
            if (entry instanceof Passed one && one.way() == way) {
                passed.add(one);
            }
        }
        passed.sort(Comparator.comparingLong(Passed::time));
        long last = 0;
        for (Passed one : passed) {
            // After a jump a moment may come before what was handed over early.
            last = Math.max(last, tick(part, one));
            track.play(last, one);
        }
        return track.build();
    }

    private long tick(Take.Part part, Entry entry) {
        return tick(line.fileStepAt(part.seconds(entry.time())));
    }

    private static long tick(double fileStep) {
        return Math.max(0, Math.min(MidiTrack.MAX_TICK, Math.round(fileStep * TICKS_PER_STEP)));
    }
}
