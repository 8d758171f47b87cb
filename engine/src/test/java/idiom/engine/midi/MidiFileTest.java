package idiom.engine.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MidiFileTest {
    private static final String END = " 00 FF 2F 00";

    private static MidiEvent at(long tick, MidiMessage message) {
        return new MidiEvent(tick, message);
    }

    private static MidiFile readTrack(String events) throws MidiFormatException {
        return MidiFile.read(Bytes.file(0, 96, events));
    }

    private static void assertRefused(byte[] bytes, String message) {
        assertThatThrownBy(() -> MidiFile.read(bytes))
                .isInstanceOf(MidiFormatException.class)
                .hasMessage(message);
    }

    @Test
    void shouldReadRunningStatusAndVelocityZero() throws IOException {
        MidiFile file = readTrack("00 90 3C 40 60 3C 00 81 00 40 7F" + END);

        assertThat(file.tracks().get(0).events())
                .containsExactly(
                        at(0, ChannelMessage.noteOn(0, 60, 64)),
                        at(96, ChannelMessage.noteOn(0, 60, 0)),
                        at(224, ChannelMessage.noteOn(0, 64, 127)),
                        at(224, MetaMessage.endOfTrack()));
        assertThat(file.division()).isEqualTo(new TicksPerQuarter(96));
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void shouldReadEveryKindOfMessage() throws IOException {
        MidiFile file = readTrack("00 81 3C 20 00 A2 3C 10 00 B3 07 64 00 C4 05 00 D5 33 00 E6 01 40"
                + " 00 FF 05 02 68 69 00 F0 03 7E 09 F7 00 F7 01 F8" + END);

        assertThat(file.tracks().get(0).events())
                .extracting(MidiEvent::message)
                .containsExactly(
                        ChannelMessage.noteOff(1, 60, 32),
                        new ChannelMessage(0xA2, 60, 16),
                        ChannelMessage.controller(3, 7, 100),
                        ChannelMessage.program(4, 5),
                        new ChannelMessage(0xD5, 0x33, 0),
                        new ChannelMessage(0xE6, 1, 64),
                        MetaMessage.text(MetaMessage.LYRIC, "hi"),
                        new SysExMessage(0xF0, Bytes.hex("7E 09 F7")),
                        new SysExMessage(0xF7, Bytes.hex("F8")),
                        MetaMessage.endOfTrack());
        assertThat(new ChannelMessage(0xE6, 1, 64).bend()).isEqualTo(1);
    }

    @Test
    void shouldKeepSplitSysExPacketsApart() throws IOException {
        MidiFile file = readTrack("00 F0 03 43 12 00 81 48 F7 06 43 12 00 43 12 00 64 F7 04 43 12 00 F7" + END);

        assertThat(file.tracks().get(0).events())
                .startsWith(
                        at(0, new SysExMessage(0xF0, Bytes.hex("43 12 00"))),
                        at(200, new SysExMessage(0xF7, Bytes.hex("43 12 00 43 12 00"))),
                        at(300, new SysExMessage(0xF7, Bytes.hex("43 12 00 F7"))));
    }

    @Test
    void shouldReadSmpteDivision() throws IOException {
        // E7 = -25 frames, 0x28 = 40 ticks a frame: a tick is a millisecond.
        MidiFile file = MidiFile.read(Bytes.file(0, 0xE728, END));

        assertThat(file.division()).isEqualTo(new SmpteDivision(25, 40));
        assertThat(new SmpteDivision(25, 40).ticksPerSecond()).isEqualTo(1000);
        assertThat(file.division().quarterTicks()).isEqualTo(500);
    }

    @Test
    void shouldReadFormatTwoAsIndependentSequences() throws IOException {
        MidiFile file = MidiFile.read(Bytes.file(2, 96, "00 C0 01" + END, "05 C0 02" + END));

        assertThat(file.format()).isEqualTo(2);
        assertThat(file.sequences()).hasSize(2);
        assertThat(file.sequences().get(1))
                .isEqualTo(
                        new MidiFile(0, file.division(), List.of(file.tracks().get(1))));
    }

    @Test
    void shouldSkipUnknownChunksAndLongHeaders() throws IOException {
        byte[] bytes = new Bytes()
                .text("MThd")
                .u32(8)
                .u16(1)
                .u16(1)
                .u16(96)
                .u16(0xABCD)
                .chunk("XFIH", new byte[5])
                .chunk("MTrk", Bytes.hex(END))
                .chunk("XFKM", new byte[0])
                .all();

        MidiFile file = MidiFile.read(bytes);

        assertThat(file.tracks()).hasSize(1);
        assertThat(file.warnings()).containsExactly("left out 2 chunks that are no track");
    }

    @Test
    void shouldReadRiffWrapper() throws IOException {
        byte[] plain = Bytes.file(0, 96, END);
        byte[] wrapped = new Bytes()
                .text("RIFF")
                .u32(0x32000000L)
                .text("RMIDDISP")
                .u32(0x03000000L)
                .raw(new byte[4]) // three bytes and the one that pads them
                .text("data")
                .u32((long) plain.length << 24)
                .raw(plain)
                .all();

        assertThat(MidiFile.read(wrapped)).isEqualTo(MidiFile.read(plain));
    }

    @Test
    void shouldRefuseRiffThatIsNoMidi() {
        assertRefused(
                new Bytes().text("RIFF").u32(4).text("WAVE").all(),
                "file at byte 0x8: no Standard MIDI File: it must have \"RMID\" here");
        assertRefused(
                new Bytes().text("RIFF").u32(4).text("RMID").all(),
                "file at byte 0xc: the RIFF file has no chunk \"data\" with MIDI in it");
    }

    @Test
    void shouldRefuseWhatIsNoMidiFile() {
        String message = "file at byte 0x0: no Standard MIDI File: it must have \"MThd\" here";
        assertRefused(new byte[0], message);
        assertRefused(new byte[] {'M', 'T'}, message);
        assertRefused("hello, world".getBytes(java.nio.charset.StandardCharsets.US_ASCII), message);
    }

    @Test
    void shouldRefuseImpossibleHeaders() {
        assertRefused(Bytes.file(3, 96, END), "header at byte 0x8: format must be 0, 1 or 2: format=3");
        assertRefused(
                Bytes.file(0, 0, END),
                "header at byte 0xc: no division: ticks per quarter must be from 1 to 32767: ticks=0");
        assertRefused(
                Bytes.file(0, 0xE000, END),
                "header at byte 0xc: no division: SMPTE frames must be 24, 25, 29 or 30: frames=32");
        assertRefused(
                Bytes.file(0, 0xE700, END),
                "header at byte 0xc: no division: ticks per frame must be from 1 to 255: ticksPerFrame=0");
        assertRefused(
                new Bytes().text("MThd").u32(0xFFFF_FFFFL).u16(1).all(),
                "file at byte 0x4: a header has at least 6 bytes and no more than the file: length=4294967295 left=2");
        assertRefused(Bytes.file(1, 96), "file at byte 0xe: the file has no track");
    }

    @Test
    void shouldRecoverTrackWithoutEnd() throws IOException {
        MidiFile file = readTrack("00 90 3C 40 60 3C 00");

        assertThat(file.tracks().get(0).endTick()).isEqualTo(96);
        assertThat(file.warnings()).containsExactly("track 1 at byte 0x1d: no end-of-track, added one");
    }

    @Test
    void shouldRecoverEmptyTrack() throws IOException {
        MidiFile file = readTrack("");

        assertThat(file.tracks().get(0).events()).containsExactly(at(0, MetaMessage.endOfTrack()));
        assertThat(file.warnings()).hasSize(1);
    }

    @Test
    void shouldRecoverTruncatedLastTrack() throws IOException {
        byte[] whole = Bytes.file(1, 96, END, "00 90 3C 40 60 80 3C 40" + END);
        byte[] cut = Arrays.copyOf(whole, whole.length - 6);

        MidiFile file = MidiFile.read(cut);

        assertThat(file.tracks().get(1).events())
                .containsExactly(at(0, ChannelMessage.noteOn(0, 60, 64)), at(0, MetaMessage.endOfTrack()));
        assertThat(file.warnings())
                .containsExactly(
                        "file at byte 0x1a: chunk MTrk announces 12 bytes, 6 are left",
                        "track 2 at byte 0x28: the data end where a byte must follow; "
                                + "the file breaks off, ended the track there");
    }

    @Test
    void shouldReadEveryTruncationOrSayWhyNot() {
        byte[] whole = Bytes.file(1, 96, "00 FF 03 02 61 62" + END, "00 90 3C 40 60 80 3C 40" + END);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            // The first track's chunk begins at 14, has a header of 8 bytes.
            if (length < 22) {
                assertThatThrownBy(() -> MidiFile.read(cut)).isInstanceOf(MidiFormatException.class);
            } else {
                assertThat(readOrFail(cut).warnings()).as("length %d", length).isNotEmpty();
            }
        }
    }

    private static MidiFile readOrFail(byte[] bytes) {
        try {
            return MidiFile.read(bytes);
        } catch (MidiFormatException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldRefuseEventBeyondAnInnerTrack() {
        assertRefused(
                Bytes.file(1, 96, "00 90 3C", END), "track 1 at byte 0x19: the data end where a byte must follow");
    }

    @Test
    void shouldNotBelieveHugeClaims() throws IOException {
        byte[] chunk = new Bytes()
                .header(0, 1, 96)
                .text("MTrk")
                .u32(0xFFFF_FFFFL)
                .raw(Bytes.hex("00 C0 05" + END))
                .all();
        assertThat(MidiFile.read(chunk).tracks().get(0).events()).hasSize(2);
        assertThat(MidiFile.read(chunk).warnings())
                .containsExactly("file at byte 0xe: chunk MTrk announces 4294967295 bytes, 7 are left");

        MidiFile meta = readTrack("00 C0 05 00 FF 01 FF FF FF 7F 61");
        assertThat(meta.tracks().get(0).events()).hasSize(2);
        assertThat(meta.warnings().get(0)).contains("a meta event of 268435455 bytes is announced, 1 bytes are left");
    }

    @Test
    void shouldRefuseDataByteWithoutStatus() {
        assertRefused(
                Bytes.file(0, 96, "00 3C 40" + END),
                "track 1 at byte 0x17: data byte without a status before it: data=60");
    }

    @Test
    void shouldRefuseStatusAmongDataAndStrangeStatus() {
        assertRefused(
                Bytes.file(0, 96, "00 90 3C 90" + END),
                "track 1 at byte 0x19: a data byte must be below 0x80: data=0x90");
        assertRefused(Bytes.file(0, 96, "00 F8" + END), "track 1 at byte 0x17: no event of a file has status 0xf8");
        assertRefused(
                Bytes.file(0, 96, "00 FF 80 00" + END),
                "track 1 at byte 0x18: a meta type must be below 0x80: type=0x80");
    }

    @Test
    void shouldForgiveRunningStatusAfterMeta() throws IOException {
        MidiFile file = readTrack("00 90 3C 40 00 FF 01 00 60 3C 00 00 3C 40 00 3C 00" + END);

        assertThat(file.eventCount()).isEqualTo(6);
        assertThat(file.warnings())
                .containsExactly("track 1 at byte 0x1f: running status goes on after a meta or SysEx event");
    }

    @Test
    void shouldRefuseLongVariableLengthNumbers() {
        assertRefused(
                Bytes.file(0, 96, "81 80 80 80 00 C0 05" + END),
                "track 1 at byte 0x16: a variable-length number must have at most 4 bytes");
    }

    @Test
    void shouldRefuseTicksBeyondTheRange() {
        // 200,000 beats of 1 tick, and one more.
        assertRefused(
                Bytes.file(0, 1, "8C 9A 41 C0 05" + END),
                "track 1 at byte 0x16: tick 200001 is beyond 200000, the last that is read");
        assertRefused(
                Bytes.file(0, 0x7FFF, "FF FF FF 7F C0 05 01 C0 05" + END),
                "track 1 at byte 0x1c: tick 268435456 is beyond 268435455, the last that is read");
    }

    @Test
    void shouldRefuseBeyondLimitsOfTheCaller() {
        byte[] bytes = Bytes.file(0, 96, "00 C0 05 00 C0 06" + END);

        assertThatThrownBy(() -> MidiFile.read(bytes, new MidiLimits(1000, 2, 10)))
                .hasMessage("track 1 at byte 0x1c: the file has more than 2 events, the most that are read");
        assertThatThrownBy(() -> MidiFile.read(bytes, new MidiLimits(20, 10, 10)))
                .hasMessage("the file has more than 20 bytes, the most that are read");
    }

    @Test
    void shouldLeaveOutWhatFollowsTheEnd() throws IOException {
        MidiFile file = readTrack(END + " 00 90 3C 40");

        assertThat(file.eventCount()).isEqualTo(1);
        assertThat(file.warnings()).containsExactly("track 1 at byte 0x1a: left out 4 bytes after the end-of-track");
    }

    @Test
    void shouldTakeFormatZeroWithTwoTracksAsFormatOne() throws IOException {
        MidiFile file = MidiFile.read(Bytes.file(0, 96, END, END));

        assertThat(file.format()).isEqualTo(1);
        assertThat(file.warnings()).containsExactly("format 0 has one track, the file has 2: taken as format 1");
    }

    @Test
    void shouldCountTracksItself() throws IOException {
        byte[] bytes = new Bytes()
                .header(1, 5, 96)
                .chunk("MTrk", Bytes.hex(END))
                .raw(new byte[3])
                .all();

        assertThat(MidiFile.read(bytes).warnings())
                .containsExactly(
                        "file at byte 0x1a: left out 3 bytes after the last chunk",
                        "the header announces 5 tracks, the file has 1");
    }

    @Test
    void shouldKeepFewWarningsOfAManyTimesBrokenFile() throws IOException {
        Bytes bytes = new Bytes().header(1, 300, 96);
        for (int i = 0; i < 300; i++) {
            bytes.chunk("MTrk", new byte[0]);
        }

        List<String> warnings = MidiFile.read(bytes.all()).warnings();

        assertThat(warnings).hasSize(51).last().isEqualTo("and 250 more warnings");
    }

    @Test
    void shouldWriteWithoutRunningStatus() throws IOException {
        byte[] bytes = readTrack("00 90 3C 40 60 3C 00" + END).toBytes();

        assertThat(bytes).isEqualTo(Bytes.file(0, 96, "00 90 3C 40 60 90 3C 00" + END));
    }

    @Test
    void shouldWriteNumbersInTheirShortestForm() throws IOException {
        String longForms = "80 80 00 C0 05 81 80 00 C0 06 00 FF 01 80 01 61";
        String shortForms = "00 C0 05 81 80 00 C0 06 00 FF 01 01 61";

        assertThat(readTrack(longForms + END).toBytes()).isEqualTo(Bytes.file(0, 96, shortForms + END));
    }

    @Test
    void shouldReadBackWhatItWrites() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            MidiFile file = RandomMidi.file(seed);
            MidiFile back = MidiFile.read(file.toBytes());
            assertThat(back).as("seed %d", seed).isEqualTo(file);
            assertThat(back.toBytes()).as("seed %d", seed).isEqualTo(file.toBytes());
        }
    }

    @Test
    void shouldReadTextInUtf8OrLatin1() {
        assertThat(new MetaMessage(1, Bytes.hex("C3 A9")).text()).isEqualTo("é");
        assertThat(new MetaMessage(1, Bytes.hex("E9")).text()).isEqualTo("é");
    }

    @Test
    void shouldNotShareItsBytes() {
        byte[] data = {1, 2};
        MetaMessage meta = new MetaMessage(1, data);
        data[0] = 9;
        meta.data()[1] = 9;

        assertThat(meta).isEqualTo(new MetaMessage(1, new byte[] {1, 2}));
    }

    @Test
    void shouldRefuseTracksOutOfOrderOrWithoutEnd() {
        MidiEvent end = at(5, MetaMessage.endOfTrack());
        assertThatThrownBy(() -> new MidiTrack(List.of(at(6, ChannelMessage.program(0, 1)), end)))
                .hasMessage("events must be in order: events[1].tick=5 comes after 6");
        assertThatThrownBy(() -> new MidiTrack(List.of(at(4, ChannelMessage.program(0, 1)))))
                .hasMessageStartingWith("the last event, and only that, must be an end-of-track: events[0]=");
        assertThatThrownBy(() -> new MidiTrack(List.of(end, end)))
                .hasMessageStartingWith("the last event, and only that, must be an end-of-track: events[0]=");
        assertThatThrownBy(() -> new MidiTrack(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldWriteFilesAndRefuseToOverwrite(@TempDir Path folder) throws IOException {
        Path target = folder.resolve("a.mid");
        MidiFile first = RandomMidi.file(1);
        MidiFile second = RandomMidi.file(2);

        first.write(target, false);
        assertThatThrownBy(() -> second.write(target, false))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(target + ": already exists; choose another name or allow overwriting");
        assertThat(MidiFile.read(target)).isEqualTo(first);

        second.write(target, true);
        assertThat(MidiFile.read(target)).isEqualTo(second);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(target);
        }
    }

    @Test
    void shouldLeaveNothingBehindWhereItCannotWrite(@TempDir Path folder) throws IOException {
        Path target = Files.createDirectories(folder.resolve("a.mid/inside")).getParent();

        assertThatThrownBy(() -> RandomMidi.file(1).write(target, true)).isInstanceOf(IOException.class);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(target);
        }
        assertThatThrownBy(() -> RandomMidi.file(1).write(folder.resolve("no/such.mid"), false))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> MidiFile.read(folder)).hasMessage(folder + ": is a folder, not a MIDI file");
        assertThatThrownBy(() -> MidiFile.read(folder.resolve("missing.mid"))).isInstanceOf(NoSuchFileException.class);
    }
}
