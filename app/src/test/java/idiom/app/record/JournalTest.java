package idiom.app.record;

import static idiom.app.record.TapedSession.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.app.transfer.Refusal;
import idiom.engine.live.Sync;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JournalTest {
    private static final Path NAME = Path.of("take.mid.journal");

    private static Take read(byte[] bytes) throws IOException {
        return JournalReader.read(NAME, new ByteArrayInputStream(bytes));
    }

    private static byte[] written(TapedSession session) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Journal journal = new Journal(Channels.newChannel(bytes))) {
            journal.begin(List.of(TapedSession.SOURCE));
            session.tap.drain((time, message, offset, length) -> journal.append(0, time, message, offset, length));
            journal.flush();
        }
        return bytes.toByteArray();
    }

    private static TapedSession played() throws Exception {
        TapedSession session = new TapedSession(Sync.INTERNAL, 1 << 16).begin();
        session.play(STEP, 0x90, 60, 81);
        session.play(2 * STEP, 0x80, 60, 0);
        session.runTo(10 * STEP);
        return session;
    }

    @Test
    void shouldGiveBackWhatWasNotedDown() throws Exception {
        Take take = read(written(played()));

        assertThat(take.devices().get(0).source()).isEqualTo(TapedSession.SOURCE);
        assertThat(TakeFile.of(take).sameEvents(TakeFile.of(played().take()))).isTrue();
    }

    /** Wherever a program was killed, what is there becomes a file. */
    @Test
    void shouldReadWhatBreaksOff() throws Exception {
        byte[] whole = written(played());
        List<Entry> all = read(whole).devices().get(0).entries();
        int fewest = all.size();
        for (int length = whole.length - 1; length > 0; length--) {
            byte[] part = Arrays.copyOf(whole, length);
            Take take;
            try {
                take = read(part);
            } catch (Refusal e) {
                continue; // Nothing was recorded yet.
            }
            int count = take.devices().get(0).entries().size();
            assertThat(count).isLessThanOrEqualTo(fewest);
            assertThat(take.devices().get(0).entries())
                    .usingRecursiveComparison()
                    .isEqualTo(all.subList(0, count));
            if (count < fewest) {
                assertThat(TakeFile.of(take).toBytes()).isNotEmpty();
            }
            fewest = count;
        }
        assertThat(fewest).isZero();
    }

    @Test
    void shouldSurviveAnyBytes() throws Exception {
        byte[] whole = written(played());
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 5000; i++) {
            byte[] broken = whole.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                TakeFile.of(read(broken)).toBytes();
            } catch (Refusal e) {
                assertThat(e.getMessage()).startsWith("take.mid.journal ");
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNoJournal() {
        assertThatThrownBy(() -> read("MThd, surely".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isInstanceOf(Refusal.class)
                .hasMessage("take.mid.journal is no journal of a recording: it must begin with IDIOMJ01");
    }

    /** A disk that has no room for a while. */
    private static final class FullDisk implements WritableByteChannel {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        volatile boolean isFull;

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (isFull) {
                if (source.remaining() > 10) {
                    bytes.write(new byte[] {source.get()}, 0, 1); // Disks fill up in the middle of something.
                    return 1 + refuse();
                }
                return refuse();
            }
            byte[] all = new byte[source.remaining()];
            source.get(all);
            bytes.writeBytes(all);
            return all.length;
        }

        private static int refuse() throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldTryAgainWhenADiskWasFull() throws Exception {
        FullDisk disk = new FullDisk();
        Journal journal = new Journal(disk);
        journal.begin(List.of(TapedSession.SOURCE));
        TapedSession session = new TapedSession(Sync.INTERNAL, 1 << 16).begin();
        RecordAgent agent = new RecordAgent(journal, List.of(session.tap));
        agent.start();
        session.play(STEP, 0x90, 60, 81);
        session.runTo(5 * STEP);
        disk.isFull = true;
        session.play(6 * STEP, 0x80, 60, 0);
        session.runTo(20 * STEP);
        while (agent.failure() == null) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(agent.failure()).hasMessage("No space left on device");
        disk.isFull = false;
        agent.close();

        assertThat(agent.failure()).isNull();
        assertThat(agent.lost()).isZero();
        TapedSession same = new TapedSession(Sync.INTERNAL, 1 << 16).begin();
        same.play(STEP, 0x90, 60, 81);
        same.play(6 * STEP, 0x80, 60, 0);
        same.runTo(20 * STEP);
        assertThat(TakeFile.of(read(disk.bytes.toByteArray())).sameEvents(TakeFile.of(same.take())))
                .isTrue();
    }
}
