package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.presets.Controls;
import idiom.presets.Mode;
import idiom.presets.Output;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the mode timeline learns of a song that a host loops by the block. */
class TimelineLoopTest {
    private static final double SPEED = 8;

    /** A loop of steps 16 to 48, by a host that says where it is every 4/10 of a step, and that it has gone back with what comes after. */
    private static final class Looping {
        private static final double BLOCK = 0.4;
        private final Stage stage =
                new Stage(LiveSettings.of(Mode.TIMELINE, 64, Sync.TRANSPORT), Controls.NONE, Output.AS_INPUT);
        private double start;
        private double said;

        Looping() {
            stage.answerer.network = Stage::withOctaveBelow;
        }

        Looping from(double step) {
            start = stage.now() / (double) Stage.STEP - step;
            said = step;
            stage.session.locate(stage.now(), step, SPEED);
            return this;
        }

        Looping until(double step) {
            while (said + BLOCK < step - 0.001) {
                said += BLOCK;
                stage.until(start + said);
                stage.session.follow(stage.now(), said, SPEED);
            }
            stage.until(start + step);
            return this;
        }

        Looping on(double step, int pitch) {
            until(step).stage.on(pitch);
            return this;
        }

        Looping off(double step, int pitch) {
            until(step).stage.off(pitch);
            return this;
        }

        /** What has been learnt, by way of bytes. */
        SongMemory kept() throws IOException {
            return SongMemory.of(stage.session.remember().orElseThrow().toBytes());
        }

        /** Of the notes of the first window, in thousandths of a step. */
        List<Long> onsets() throws IOException {
            return kept().windows().get(0).notes().stream()
                    .map(note -> Math.round(1000 * note.onStep()))
                    .toList();
        }
    }

    /** Ardour hands over the first notes of a loop and then says that it has gone back. */
    @Test
    void shouldNotLearnTheBeginningOfALoopBehindItsEnd() throws IOException {
        Looping song = new Looping();
        song.from(0)
                .on(16.1, 60)
                .off(19, 60)
                .on(40, 62)
                .off(42, 62)
                .on(48.1, 64)
                .off(50, 64)
                .until(70);
        SongMemory memory = song.kept();
        assertThat(memory.windows().get(0).notes()).hasSize(3);
        song.from(16).on(16.1, 60).off(19, 60);
        for (int i = 0; i < 3; i++) {
            song.on(40, 62).off(42, 62).on(48.1, 60).until(48.3);
            assertThat(song.kept()).isEqualTo(memory);
            song.from(16.3).off(19, 60);
            assertThat(song.kept()).isEqualTo(memory);
        }
    }

    /** What a loop ends with is learnt though nobody knows yet that it goes back then. */
    @Test
    void shouldLearnWhatALoopEndsWith() throws IOException {
        Looping song = new Looping();
        song.from(16);
        for (int i = 0; i < 3; i++) {
            song.on(16.1, 60).off(19, 60).on(47.9, 62).until(48).from(16);
            assertThat(song.onsets()).containsExactly(16_100L, 47_900L);
        }
    }

    /** A note that a loop has no longer is forgotten, but for what may be behind its end. */
    @Test
    void shouldForgetWhatALoopHasNoLonger() throws IOException {
        Looping song = new Looping();
        song.from(16).on(16.1, 60).off(19, 60).on(47.4, 62).on(47.9, 64).until(48);
        song.from(16).on(16.1, 60).off(19, 60).until(48).from(16);
        assertThat(song.onsets()).containsExactly(16_100L, 47_900L);
    }

    /** Hosts round: a note is a little earlier or later each time. Whenever that is looked at, it is the same, and as long as it was. */
    @Test
    void shouldKeepHowLongANoteIsThatComesALittleEarlierOrLater() throws IOException {
        Looping song = new Looping();
        song.from(0).on(20.1, 60).off(22.7, 60).until(70);
        SongMemory memory = song.kept();
        for (double difference : new double[] {-0.01, 0.01, -1e-6, 1e-6, 0}) {
            song.from(16).on(20.1 + difference, 60);
            for (double step = 20; step < 22; step += 0.01) {
                song.until(Math.max(step, 20.1 + difference));
                assertThat(song.kept()).isEqualTo(memory);
            }
            song.stage.session.stand(song.stage.now());
            assertThat(song.kept()).isEqualTo(memory);
        }
    }
}
