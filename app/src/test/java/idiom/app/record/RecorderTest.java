package idiom.app.record;

import static idiom.app.record.TapedSession.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.app.transfer.Refusal;
import idiom.engine.live.Sync;
import idiom.engine.midi.MidiFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    @TempDir
    private Path root;

    private Path target;
    private Path left;

    @BeforeEach
    void leave() throws Exception {
        target = root.resolve("take.mid");
        left = root.resolve("take.mid.journal");
    }

    /** A journal as a program that was killed leaves it: the last entry is cut. */
    private void killed() throws Exception {
        TapedSession session = new TapedSession(Sync.INTERNAL, 1 << 16).begin();
        session.play(STEP, 0x90, 60, 81);
        session.runTo(10 * STEP);
        try (Journal journal = new Journal(Journal.lock(left))) {
            journal.begin(List.of(TapedSession.SOURCE));
            session.tap.drain((time, message, offset, length) -> journal.append(0, time, message, offset, length));
            journal.append(0, 10 * STEP, new byte[] {Entry.HEARD, (byte) 0x80, 60, 0}, 0, 4);
            journal.flush();
        }
        byte[] bytes = Files.readAllBytes(left);
        Files.write(left, java.util.Arrays.copyOf(bytes, bytes.length - 2));
    }

    @Test
    void shouldRecoverWhatAKilledProgramLeft() throws Exception {
        killed();

        Optional<Recording> recording = Recorder.recover(target, target, false);

        assertThat(recording).contains(new Recording(target, 1, 1, 0));
        assertThat(recording.orElseThrow().description()).isEqualTo("recorded 1 messages in, 1 out: " + target);
        assertThat(MidiFile.read(target).tracks()).hasSize(3);
        assertThat(left).doesNotExist();
        assertThat(Recorder.recover(target, target, false)).isEmpty();
    }

    @Test
    void shouldKeepWhatIsLeftIfItsFileMayNotBeWritten() throws Exception {
        killed();
        Files.writeString(target, "mine");

        assertThatThrownBy(() -> Recorder.recover(target, target, false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> Recorder.recover(target, root.resolve("none/take.mid"), false))
                .isInstanceOf(java.io.IOException.class);

        assertThat(target).hasContent("mine");
        assertThat(left).exists();
    }

    @Test
    void shouldThrowAwayWhatHoldsNothing() throws Exception {
        try (Journal journal = new Journal(Journal.lock(left))) {
            journal.begin(List.of(TapedSession.SOURCE));
        }

        assertThat(Recorder.recover(target, target, false)).isEmpty();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void shouldLeaveARecordingAloneThatStillGoesOn() throws Exception {
        killed();
        try (FileChannel somebody = Journal.lock(left)) {
            assertThat(somebody.isOpen()).isTrue();
            assertThatThrownBy(() -> Recorder.recover(target, target, false))
                    .isInstanceOf(Refusal.class)
                    .hasMessage(left + " is being written to: another session is being recorded under that name");
        }
    }

    @Test
    void shouldNeedSomeRoom() {
        assertThatThrownBy(() -> Recorder.requireRoom(Path.of("takes"), 5_000_000))
                .isInstanceOf(Refusal.class)
                .hasMessage("too little room to record in takes: 4 MB are free, 16 MB are needed");
        Recorder.requireRoom(Path.of("takes"), 1L << 24);
    }
}
