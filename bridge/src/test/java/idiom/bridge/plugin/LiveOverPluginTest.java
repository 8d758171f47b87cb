package idiom.bridge.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.LiveAgent;
import idiom.bridge.Sessions;
import idiom.engine.live.LiveSession;
import idiom.engine.live.LiveSettings;
import idiom.engine.live.LiveSettings.Thru;
import idiom.engine.live.Sync;
import idiom.engine.live.WindowInference;
import idiom.engine.live.WindowJob;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that renders through the shared file: it waits until all that leaves in a block has been promised to be there, so that
 * what is heard, and at which frame, is the same in every run. 480 frames are a block, 6000 a step.
 */
@Timeout(120)
class LiveOverPluginTest {
    private static final int BLOCK = PluginStandIn.BLOCK;
    private static final long STEP = 6000;

    @TempDir
    private Path folder;

    private PluginStandIn plugin;
    private PluginDevice device;
    private long frame;
    private final List<String> heard = new ArrayList<>();

    /** The octave above as well. */
    private static final class Octaves implements WindowInference {
        private final Queue<WindowJob> waiting = new ConcurrentLinkedQueue<>();

        @Override
        public boolean submit(WindowJob job) {
            return waiting.add(job);
        }

        @Override
        public @Nullable WindowJob poll() {
            WindowJob job = waiting.poll();
            if (job != null) {
                long[] masks = new long[PianoRoll.PITCHES];
                for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                    masks[pitch] |= job.window().steps(pitch);
                    if (pitch + 12 < PianoRoll.PITCHES) {
                        masks[pitch + 12] |= job.window().steps(pitch);
                    }
                }
                job.answer(PianoRoll.ofPitches(masks), 1);
            }
            return job;
        }
    }

    @BeforeEach
    void open() throws IOException {
        plugin = PluginStandIn.in(folder, 1);
        device = plugin.device();
    }

    private LiveAgent.Part part(Mode mode, int hop) {
        LiveSession session = Sessions.session(
                device,
                new Octaves(),
                LiveSettings.of(mode, hop, Sync.TRANSPORT).withThru(Thru.ROUTED),
                8,
                127);
        return new LiveAgent.Part(device, session, Sync.TRANSPORT);
    }

    /** Renders up to a frame; {@code song} tells what is played. Nothing may be due before the block that it comes in. */
    private void render(long end, Song song) {
        while (frame < end) {
            song.tell(frame);
            frame += BLOCK;
            plugin.end(frame);
            // All that leaves in the next block.
            while (plugin.settledUntil() < frame + BLOCK) {
                LockSupport.parkNanos(50_000);
            }
            plugin.answers().stream()
                    .filter(answer -> !answer.startsWith("restart"))
                    .forEach(heard::add);
        }
    }

    private interface Song {
        void tell(long frame);
    }

    /** A jump is answered before anything else is told, as the plugin does while a host renders. */
    private void jump(int flags, double step) {
        plugin.jumps(frame, flags, step).publish();
        String expected = "restart " + plugin.jumps();
        boolean isAnswered = false;
        while (!isAnswered || plugin.settledUntil() < frame + BLOCK) {
            for (String answer : plugin.answers()) {
                isAnswered |= answer.equals(expected);
                if (answer.startsWith("restart")) {
                    // What was sent before it is void.
                    heard.clear();
                } else {
                    heard.add(answer);
                }
            }
            LockSupport.parkNanos(50_000);
        }
    }

    private void note(long block, long on, long off) {
        if (on >= block && on < block + BLOCK) {
            plugin.midi(on, 0x90, 60, 80);
        }
        if (off >= block && off < block + BLOCK) {
            plugin.midi(off, 0x80, 60, 33);
        }
    }

    private static String midi(long due, String bytes) {
        return "midi " + due + " " + bytes;
    }

    /** Everything leaves exactly one hop later, to the frame; what is added begins and ends on steps. */
    @Test
    void shouldAnswerToTheFrame() {
        LiveAgent.Part part = part(Mode.FOLLOW, 4);
        try (LiveAgent agent = new LiveAgent(List.of(part))) {
            agent.start();
            jump(0, 0);
            render(12 * STEP, block -> {
                if (block > 0) {
                    plugin.transport(
                            block, Layout.TRANSPORT_KNOWN | Layout.TRANSPORT_ROLLING, block / (double) STEP, 8);
                }
                note(block, STEP + 7, 2 * STEP + 3000);
            });
        }
        long hop = 4 * STEP;
        assertThat(heard)
                .contains("route 0 0")
                .filteredOn(answer -> answer.startsWith("midi"))
                .containsExactly(
                        midi(STEP + hop, "904850"),
                        midi(STEP + 7 + hop, "903c50"),
                        midi(2 * STEP + hop, "804840"),
                        midi(2 * STEP + 3000 + hop, "803c21"));
        assertThat(part.session().counters().lateWindows()).isZero();
        assertThat(device.counts().late()).isZero();
    }

    /** Plays ten steps from the beginning of the song on; returns what the engine sends meanwhile. */
    private List<String> pass(int flags) {
        heard.clear();
        long start = frame;
        jump(flags, 0);
        render(start + 10 * STEP, block -> {
            if (block > start) {
                plugin.transport(
                        block, Layout.TRANSPORT_KNOWN | Layout.TRANSPORT_ROLLING, (block - start) / (double) STEP, 8);
            }
            note(block, start + 2 * STEP + 7, start + 3 * STEP + 3000);
        });
        return List.copyOf(heard);
    }

    /** What comes from memory is on time from the second pass on, and to the frame. */
    @Test
    void shouldPlayFromMemoryToTheFrame() {
        LiveAgent.Part part = part(Mode.TIMELINE, 64);
        try (LiveAgent agent = new LiveAgent(List.of(part))) {
            agent.start();
            // A 64th of a step early, as notes on the beat may be.
            assertThat(pass(0)).containsExactly("route -94 1");
            long start = frame;
            assertThat(pass(0))
                    .containsExactly(
                            "route " + (start - 94) + " 1",
                            "route " + (start - 94) + " 2",
                            midi(start + 2 * STEP, "904850"),
                            midi(start + 2 * STEP + 7, "903c50"),
                            midi(start + 3 * STEP, "804840"),
                            midi(start + 3 * STEP + 3000, "803c21"));
            // The plugin says that it passes what is played there, and the engine leaves it at that.
            long again = frame;
            assertThat(pass(Layout.TRANSPORT_PASSED)).containsExactly("route " + (again - 94) + " 1");
        }
        assertThat(device.counts().late()).isZero();
    }
}
