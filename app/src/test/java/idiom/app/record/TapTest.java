package idiom.app.record;

import static idiom.app.record.TapedSession.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.loopback.LoopbackBackend;
import idiom.bridge.loopback.LoopbackDevice;
import idiom.engine.live.Sync;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapTest {
    @Test
    void shouldCountWhatFindsNoRoomAndLetTheMusicPass() throws Exception {
        TapedSession session = new TapedSession(Sync.INTERNAL, 256).begin();
        for (int i = 0; i < 40; i++) {
            session.play(i * STEP, 0xB0, 1, i);
        }
        session.runTo(60 * STEP);

        long[] kept = new long[1];
        Take take = session.take();
        take.devices().get(0).entries().forEach(entry -> kept[0] += entry instanceof Passed ? 1 : 0);

        // 40 in, 40 out.
        assertThat(session.tap.lost()).isPositive().isEqualTo(80 - kept[0]);
        assertThat(session.session.counters().dropped()).isZero();
    }

    @Test
    void shouldSayAgainWhereTheSongIsWhenThereIsRoomAgain() throws Exception {
        TapedSession session = new TapedSession(Sync.INTERNAL, 256).begin();
        for (int i = 0; i < 40; i++) {
            session.play(i * STEP, 0xB0, 1, i);
        }
        session.runTo(60 * STEP);
        session.session.locate(session.now, 160, 20);
        session.runTo(61 * STEP);
        session.part(); // makes room
        session.runTo(62 * STEP);

        assertThat(session.part().entries())
                .anySatisfy(entry -> assertThat(entry)
                        .isInstanceOfSatisfying(
                                Entry.Moved.class,
                                moved -> assertThat(moved.step()).isBetween(160.0, 163.0)));
    }

    /** A device that plays through by itself tells nobody what it has sent. */
    @Test
    void shouldNoteDownWhatADevicePassesByItself() throws Exception {
        LoopbackDevice device = new LoopbackBackend(() -> 0, 48_000).open(new DeviceSpec("to Jazz", null, null));
        Device passing = (Device) Proxy.newProxyInstance(
                Device.class.getClassLoader(),
                new Class<?>[] {Device.class},
                (proxy, method, arguments) ->
                        method.getName().equals("passesThru") ? Boolean.TRUE : method.invoke(device, arguments));
        for (Device one : List.of(device, passing)) {
            Tap tap = new Tap(one, 1 << 10);
            device.play(100, (byte) 0x90, (byte) 60, (byte) 81);
            assertThat(tap.receive((time, bytes, offset, length) -> {})).isEqualTo(1);
            List<String> noted = new ArrayList<>();
            tap.drain((time, bytes, offset, length) -> noted.add(time + " " + bytes[offset] + " " + length));
            assertThat(noted)
                    .containsExactlyElementsOf(one == passing ? List.of("100 0 4", "100 1 4") : List.of("100 0 4"));
        }
    }

    @Test
    void shouldAllocateNothing() throws Exception {
        TapedSession session = new TapedSession(Sync.INTERNAL, 1 << 18).begin();
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] note = {(byte) 0x90, 60, 81};
        int[] seen = new int[1];
        long allocated = Long.MAX_VALUE;
        // Other things are done by the machine at first: compiling, loading classes.
        for (int round = 0; round < 20 && allocated > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2000; i++) {
                session.now += 50;
                note[0] = (byte) (i % 2 == 0 ? 0x90 : 0x80);
                session.device.play(session.now, note, 0, note.length);
                session.tap.receive(session.session);
                session.session.advance(session.now);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
            session.device.collect((time, bytes, offset, length) -> {});
            session.tap.drain((time, bytes, offset, length) -> seen[0]++);
        }
        assertThat(allocated).isZero();
        assertThat(seen[0]).isGreaterThan(2000);
        assertThat(session.tap.lost()).isZero();
    }
}
