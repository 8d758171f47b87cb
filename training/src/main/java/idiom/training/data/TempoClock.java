package idiom.training.data;

import idiom.engine.midi.MetaMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Seconds of ticks and of beats, computed as pretty_midi does: the same operations in the same order, rounding errors
 * included, because they decide on cells of the published phrases. Tempos are those of the first track.
 */
final class TempoClock {
    private static final double DEFAULT_BPM = 120;

    /** Since {@code tick}, {@code seconds} after the start, a tick takes {@code tickSeconds}. */
    private record Stretch(long tick, double seconds, double tickSeconds) {
        double secondsAt(long at) {
            return seconds + tickSeconds * (at - tick);
        }
    }

    private final List<Stretch> stretches = new ArrayList<>();
    private final int quarterTicks;

    private TempoClock(int quarterTicks) {
        this.quarterTicks = quarterTicks;
        stretches.add(new Stretch(0, 0, 60.0 / (DEFAULT_BPM * quarterTicks)));
    }

    static TempoClock of(MidiFile file, int quarterTicks) {
        TempoClock clock = new TempoClock(quarterTicks);
        for (MidiEvent event : file.tracks().get(0).events()) {
            if (event.message() instanceof MetaMessage meta
                    && meta.type() == MetaMessage.SET_TEMPO
                    && meta.length() >= 3) {
                int quarterUs = meta.dataAt(0) << 16 | meta.dataAt(1) << 8 | meta.dataAt(2);
                if (quarterUs > 0) {
                    clock.change(event.tick(), 60.0 / (6e7 / quarterUs * quarterTicks));
                }
            }
        }
        return clock;
    }

    private void change(long tick, double tickSeconds) {
        Stretch last = stretches.get(stretches.size() - 1);
        if (tick == 0) {
            stretches.clear();
            stretches.add(new Stretch(0, 0, tickSeconds));
        } else if (tickSeconds != last.tickSeconds()) {
            stretches.add(new Stretch(tick, last.secondsAt(tick), tickSeconds));
        }
    }

    double seconds(long tick) {
        int low = 0;
        int high = stretches.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (stretches.get(middle).tick() <= tick) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return stretches.get(low).secondsAt(tick);
    }

    /** Seconds of the first {@code count} quarter notes: each found from the one before it, across tempo changes. */
    double[] beats(int count) {
        double[] beats = new double[count];
        int at = 0;
        for (int beat = 1; beat < count; beat++) {
            double next = beats[beat - 1] + 60.0 / bpm(at);
            if (hasNext(at) && next > stretches.get(at + 1).seconds()) {
                next = beats[beat - 1];
                double left = 1.0;
                while (hasNext(at)
                        && next + left * 60.0 / bpm(at) >= stretches.get(at + 1).seconds()) {
                    double share = (stretches.get(at + 1).seconds() - next) / (60.0 / bpm(at));
                    next += share * 60.0 / bpm(at);
                    left -= share;
                    at++;
                }
                next += left * 60.0 / bpm(at);
            }
            beats[beat] = next;
        }
        return beats;
    }

    private boolean hasNext(int at) {
        return at + 1 < stretches.size();
    }

    private double bpm(int at) {
        return 60.0 / (stretches.get(at).tickSeconds() * quarterTicks);
    }
}
