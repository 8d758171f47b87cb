package idiom.engine.midi;

/**
 * Where a tick is in the music.
 *
 * @param bar from 0
 * @param beat in the bar, from 0; a beat is the note that the meter's denominator names
 * @param tickInBeat ticks since the beat, with their fraction where beats fall between ticks
 */
public record BarPosition(int bar, int beat, double tickInBeat) {}
