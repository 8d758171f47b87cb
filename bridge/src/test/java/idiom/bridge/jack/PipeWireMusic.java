package idiom.bridge.jack;

import idiom.bridge.Device.State;
import idiom.bridge.DeviceSpec;
import idiom.bridge.jack.JackPeer.Timed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A program of its own, since the library that stands in for libjack has to be there when a process starts. */
final class PipeWireMusic {
    private static final int TOTAL = 1000;
    private static final int DELAY = 16_384;

    private PipeWireMusic() {}

    /** Prints one line that begins with "music:" and says what happened to 1000 messages, there and back. */
    public static void main(String[] args) throws Exception {
        try (JackBackend backend = new JackBackend();
                JackPeer player = new JackPeer("player");
                JackPeer peer = new JackPeer("peer");
                JackDevice device = backend.open(new DeviceSpec("to Jazz", "player:out", "peer:in"))) {
            JackServer.await("connections", () -> device.state() == State.OPEN);
            JackServer.await("a first message", () -> {
                player.play(0, (byte) 0xFE);
                return device.receive((time, bytes, offset, length) -> {}) > 0;
            });
            LockSupport.parkNanos(300_000_000);
            device.receive((time, bytes, offset, length) -> {});
            player.played.clear();
            long frame = player.start() + 24_000;
            for (int i = 0; i < TOTAL; i++) {
                player.play(frame, (byte) 0xB0, (byte) (i & 0x7F), (byte) (i >> 7));
                frame += i % 3 * 41;
            }
            List<Timed> received = new ArrayList<>();
            long end = frame + DELAY + 16_384;
            JackServer.await("all has passed", () -> {
                device.receive((time, bytes, offset, length) -> {
                    received.add(new Timed(time, Arrays.copyOfRange(bytes, offset, offset + length)));
                    device.send(time + DELAY, bytes, offset, length);
                });
                return peer.start() > end && player.start() > end;
            });
            long late = device.counts().late();
            // PipeWire doesn't wait for clients that a busy machine holds up: what they miss is lost, what arrives is
            // exact.
            boolean exact = inexact(received, player.played, 0) == 0 && inexact(peer.heard, received, DELAY) <= late;
            System.out.printf(
                    "music: exact=%s some=%s received=%d echoed=%d late=%d failures=%d%n",
                    exact,
                    !peer.heard.isEmpty(),
                    received.size(),
                    peer.heard.size(),
                    late,
                    device.jackCounts().failures() + player.failures.size() + peer.failures.size());
        }
    }

    private static long inexact(Collection<Timed> heard, Collection<Timed> played, int delay) {
        Set<String> right = played.stream().map(one -> text(one, delay)).collect(Collectors.toSet());
        return heard.stream().filter(one -> !right.contains(text(one, 0))).count();
    }

    private static String text(Timed one, int delay) {
        return one.frame() + delay + Arrays.toString(one.bytes());
    }
}
