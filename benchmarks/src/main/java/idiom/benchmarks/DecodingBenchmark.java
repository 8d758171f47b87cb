package idiom.benchmarks;

import idiom.engine.harmony.Key;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.transfer.CellDecoder;
import idiom.presets.Decoding;
import idiom.presets.Feel;
import idiom.presets.PitchRange;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a window's probabilities to its cells: seeded noise about as dense as music. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodingBenchmark {
    private static final double DENSITY = 0.06;

    private final CellDecoder plain = new CellDecoder(Decoding.PLAIN);
    private final CellDecoder locked =
            new CellDecoder(new Decoding(0.5, 0.7, true, true, true, 1.2, Feel.STRAIGHT, PitchRange.FULL));
    private final Key key = new Key(0, Key.Mode.MAJOR);
    private final float[] probabilities = new float[PianoRoll.CELLS];
    private final long[] before = new long[PianoRoll.PITCHES];
    private final long[] after = new long[PianoRoll.PITCHES];

    public DecodingBenchmark() {
        SplittableRandom random = new SplittableRandom(1);
        for (int cell = 0; cell < PianoRoll.CELLS; cell++) {
            probabilities[cell] = (float) (random.nextDouble() < 2 * DENSITY ? random.nextDouble() : 0);
            if (random.nextDouble() < DENSITY) {
                before[cell % PianoRoll.PITCHES] |= 1L << (cell / PianoRoll.PITCHES);
            }
        }
    }

    @Benchmark
    public long[] threshold() {
        plain.decode(before, before, probabilities, 0, null, after);
        return after;
    }

    /** Melody lock, key lock, mix and density limit. */
    @Benchmark
    public long[] everyLock() {
        locked.decode(before, before, probabilities, 0, key, after);
        return after;
    }
}
