package idiom.app.record;

import static idiom.app.record.TapedSession.STEP;
import static idiom.app.record.TapedSession.TICKS_PER_STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.live.Sync;
import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MetaMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.SysExMessage;
import idiom.engine.midi.TempoMap;
import idiom.engine.midi.TicksPerQuarter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TakeFileTest {
    private static final int RING = 1 << 18;

    private static TapedSession session(Sync sync) throws Exception {
        return new TapedSession(sync, RING).begin();
    }

    /** Events of a track but its name and its end, as {@code tick status data1 data2}. */
    private static List<String> music(MidiTrack track) {
        List<String> music = new ArrayList<>();
        for (MidiEvent event : track.events()) {
            if (event.message() instanceof ChannelMessage message) {
                music.add(String.format(
                        "%d %02x %d %d", event.tick(), message.status(), message.data1(), message.data2()));
            } else if (event.message() instanceof SysExMessage sysEx) {
                music.add(event.tick() + " sysex " + sysEx.length());
            }
        }
        return music;
    }

    private static List<String> metas(MidiFile file, int type) {
        List<String> found = new ArrayList<>();
        for (MidiEvent event : file.tracks().get(0).events()) {
            if (event.message() instanceof MetaMessage meta && meta.type() == type) {
                found.add(event.tick() + " "
                        + (type == MetaMessage.SET_TEMPO
                                ? (meta.dataAt(0) << 16 | meta.dataAt(1) << 8 | meta.dataAt(2)) + " us"
                                : meta.text()));
            }
        }
        return found;
    }

    private static String name(MidiTrack track) {
        return ((MetaMessage) track.events().get(0).message()).text();
    }

    @Test
    void shouldPutWhatWentInAndWhatCameOutWhereTheSongWas() throws Exception {
        TapedSession session = session(Sync.INTERNAL);
        session.play(16 * STEP + 1200, 0x90, 60, 81);
        session.play(16 * STEP + 1205, 0xB3, 64, 127);
        session.play(17 * STEP + 5, 0x80, 60, 7);
        session.play(18 * STEP, 0xF0, 0x7D, 1, 2, 0xF7);
        session.play(18 * STEP, 0xC0, 100);
        session.runTo(30 * STEP);

        MidiFile file = TakeFile.of(session.take());

        assertThat(file.format()).isEqualTo(1);
        assertThat(file.division()).isEqualTo(new TicksPerQuarter(1920));
        assertThat(file.tracks()).extracting(TakeFileTest::name).containsExactly("Idiom", "in", "out");
        assertThat(music(file.tracks().get(1)))
                .containsExactly("7920 90 60 81", "7921 b3 64 127", "8161 80 60 7", "8640 sysex 4", "8640 c0 100 0");
        assertThat(music(file.tracks().get(2)))
                .containsExactly("9840 90 60 81", "9841 b3 64 127", "10081 80 60 7", "10560 sysex 4", "10560 c0 100 0");
        assertThat(metas(file, MetaMessage.SET_TEMPO)).containsExactly("0 200000 us");
        assertThat(metas(file, MetaMessage.MARKER)).startsWith("0 preset one");
        assertThat(MidiFile.read(file.toBytes()).sameEvents(file)).isTrue();
    }

    @Test
    void shouldFollowTempoChangesExactly() throws Exception {
        TapedSession session = session(Sync.INTERNAL);
        session.play(0, 0x90, 60, 81);
        session.runTo(32 * STEP);
        session.session.tempo(session.now, 10); // a step is 4800 frames now
        session.work();
        session.play(session.now + 4 * 4800, 0x80, 60, 0);
        session.runTo(session.now + 10 * 4800);

        MidiFile file = TakeFile.of(session.take());

        assertThat(metas(file, MetaMessage.SET_TEMPO))
                .containsExactly("0 200000 us", 32 * TICKS_PER_STEP + " 400000 us");
        assertThat(music(file.tracks().get(1))).containsExactly("0 90 60 81", 36 * TICKS_PER_STEP + " 80 60 0");
        assertThat(TempoMap.of(file).seconds(36 * TICKS_PER_STEP)).isCloseTo(32 / 20.0 + 4 / 10.0, within(1e-9));
    }

    @Test
    void shouldGoOnAtTheNextBarLineWhenTheSongLoops() throws Exception {
        TapedSession session = session(Sync.TRANSPORT);
        session.device.transportIs(true, 0, 64, 20); // bar 5
        session.runTo(STEP);
        session.play(8 * STEP, 0x90, 60, 81);
        session.play(9 * STEP, 0x80, 60, 0);
        session.runTo(16 * STEP);
        session.device.transportIs(true, session.now, 64, 20); // back to bar 5 at the bar line
        session.runTo(17 * STEP);
        session.play(24 * STEP, 0x90, 62, 81);
        session.play(25 * STEP, 0x80, 62, 0);
        session.runTo(27 * STEP);
        session.device.transportIs(true, session.now, 4, 20); // bar 1, beat 2, in the middle of a bar
        session.play(session.now + STEP, 0x90, 64, 81);
        session.play(session.now + 2 * STEP, 0x80, 64, 0);
        session.runTo(session.now + 10 * STEP);

        MidiFile file = TakeFile.of(session.take());

        // Bar 5 again is bar 6 of the file; beat 2 of bar 1 is beat 2 of a bar, the next that is free.
        assertThat(music(file.tracks().get(1)))
                .containsExactly(
                        (64 + 8) * TICKS_PER_STEP + " 90 60 81",
                        (64 + 9) * TICKS_PER_STEP + " 80 60 0",
                        (80 + 8) * TICKS_PER_STEP + " 90 62 81",
                        (80 + 9) * TICKS_PER_STEP + " 80 62 0",
                        (96 + 5) * TICKS_PER_STEP + " 90 64 81",
                        (96 + 6) * TICKS_PER_STEP + " 80 64 0");
        assertThat(metas(file, MetaMessage.MARKER))
                .contains(80 * TICKS_PER_STEP + " jump to bar 5", (96 + 4) * TICKS_PER_STEP + " jump to bar 1 beat 2");
        assertThat(metas(file, MetaMessage.SET_TEMPO)).hasSize(1);
    }

    @Test
    void shouldLeaveNoRoomForStretchesInWhichNothingWasPlayed() throws Exception {
        TapedSession session = session(Sync.TRANSPORT);
        session.runTo(1000 * STEP);
        session.device.transportIs(true, session.now, 32, 20);
        session.play(session.now + STEP, 0x90, 60, 81);
        session.runTo(session.now + 10 * STEP);

        MidiFile file = TakeFile.of(session.take());

        assertThat(music(file.tracks().get(1)))
                .containsExactly(33 * TICKS_PER_STEP + " 90 60 81", 33 * TICKS_PER_STEP + " 80 60 64");
        assertThat(metas(file, MetaMessage.MARKER)).noneMatch(marker -> marker.contains("jump"));
    }

    @Test
    void shouldMarkPresetsAndLateWindows() throws Exception {
        TapedSession session = session(Sync.INTERNAL);
        session.runTo(8 * STEP);
        session.play(session.now, 0xC0, 2);
        session.play(session.now, 0x90, 60, 81);
        session.runTo(40 * STEP);

        List<String> markers = metas(TakeFile.of(session.take()), MetaMessage.MARKER);

        assertThat(markers).startsWith("0 preset one", 8 * TICKS_PER_STEP + " preset two");
        assertThat(markers).anyMatch(marker -> marker.endsWith(" late window"));
        assertThat(session.session.counters().lateWindows()).isPositive();
    }

    @Test
    void shouldFindTheTempoBehindAJitteryClock() throws Exception {
        TapedSession session = session(Sync.CLOCK);
        SplittableRandom random = new SplittableRandom(5);
        session.play(0, 0xFA);
        double bpm = 120;
        double frame = 0;
        int ticks = 24 * 4 * 40;
        for (int i = 0; i < ticks; i++) {
            bpm = i == ticks / 2 ? 90 : bpm;
            frame += 60 / bpm / 24 * TapedSession.RATE;
            long jittered = Math.round(frame + random.nextInt(-48, 49)); // a millisecond either way
            session.runTo(jittered - 100);
            session.play(jittered, 0xF8);
            if (i % 24 == 0) {
                session.play(jittered, 0x90, 60, 81);
                session.play(jittered, 0x80, 60, 0);
            }
        }
        session.runTo((long) frame + 48_000);
        Take.Part part = session.part();

        MidiFile file = TakeFile.of(new Take(List.of(part)));

        assertThat(music(file.tracks().get(1))).noneMatch(event -> event.contains(" f8"));
        long[] heard = part.entries().stream()
                .filter(entry -> entry instanceof Passed one && one.way() == Passed.Way.IN && one.at(0) == 0x90)
                .mapToLong(Entry::time)
                .toArray();
        List<MidiEvent> notes = file.tracks().get(1).events().stream()
                .filter(event -> event.message() instanceof ChannelMessage m && m.isNoteOn())
                .toList();
        assertThat(notes).hasSameSizeAs(new int[heard.length]);
        TempoMap tempo = TempoMap.of(file);
        // Once the clock is found, the file lasts as long as the session did.
        double begin = tempo.seconds(notes.get(4).tick()) - heard[4] / 48_000.0;
        for (int i = 4; i < heard.length; i++) {
            assertThat(tempo.seconds(notes.get(i).tick()) - heard[i] / 48_000.0)
                    .as("note %d", i)
                    .isCloseTo(begin, within(0.003));
        }
        assertThat(metas(file, MetaMessage.SET_TEMPO).size()).isLessThan(400);
    }

    @Test
    void shouldRecordTwoTracksForEachDevice() throws Exception {
        TapedSession one = session(Sync.INTERNAL);
        TapedSession other = new TapedSession(Sync.INTERNAL, RING);
        other.now = 7_000_000; // Another system's clock.
        other.begin();
        one.play(STEP, 0x90, 60, 81);
        other.play(7_000_000 + 2 * STEP, 0x90, 62, 81);
        one.runTo(8 * STEP);
        other.runTo(7_000_000 + 8 * STEP);
        Take.Part first = one.part();
        Take.Part second = new Take.Part(
                new Take.Source("to Pop", TapedSession.RATE, List.of("one", "two")),
                other.part().entries());

        MidiFile file = TakeFile.of(new Take(List.of(first, second)));

        assertThat(file.tracks())
                .extracting(TakeFileTest::name)
                .containsExactly("Idiom", "to Jazz in", "to Jazz out", "to Pop in", "to Pop out");
        assertThat(music(file.tracks().get(1))).first().isEqualTo("480 90 60 81");
        assertThat(music(file.tracks().get(3))).first().isEqualTo("960 90 62 81");
        assertThat(metas(file, MetaMessage.MARKER)).contains("0 to Jazz: preset one", "0 to Pop: preset one");
    }

    @Test
    void shouldMakeAFileOfNothing() throws Exception {
        MidiFile file = TakeFile.of(new Take(List.of(new Take.Part(TapedSession.SOURCE, List.of()))));

        assertThat(metas(file, MetaMessage.SET_TEMPO)).containsExactly("0 500000 us");
        assertThat(music(file.tracks().get(1))).isEmpty();
    }
}
