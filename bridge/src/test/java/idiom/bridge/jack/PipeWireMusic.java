package idiom.bridge.jack;

import idiom.bridge.Device.State;
import idiom.bridge.DeviceSpec;
import idiom.bridge.jack.JackPeer.Timed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A program of its own, since the library that stands in for libjack has to be there when a process starts. */
final class PipeWireMusic {
    private static final int TOTAL = 1000;
    private static final int MOST_TRIES = 20;
    private static final int DELAY = 16_384;

    private PipeWireMusic() {}

    /**
     * Plays 1000 messages there and back, and again if some were lost, up to 20 times: PipeWire doesn't wait for clients that a
     * busy machine holds up, and what they miss in such a cycle is gone. Prints a line for each time; the last one says
     * {@code complete=true} if every message arrived, once, in order and in its frame.
     */
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
            boolean isComplete = false;
            for (int i = 0; i < MOST_TRIES && !isComplete; i++) {
                isComplete = pass(player, peer, device);
            }
        }
    }

    private static boolean pass(JackPeer player, JackPeer peer, JackDevice device) {
        LockSupport.parkNanos(300_000_000);
        device.receive((time, bytes, offset, length) -> {});
        player.played.clear();
        peer.heard.clear();
        long lateBefore = device.counts().late();
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
        List<Timed> played = List.copyOf(player.played);
        List<Timed> heard = List.copyOf(peer.heard);
        long late = device.counts().late() - lateBefore;
        boolean isOrdered = isOrdered(received) && isOrdered(heard);
        boolean isExact = inexact(received, played, 0) == 0 && inexact(heard, received, DELAY) <= late;
        boolean isComplete = texts(received, 0).equals(texts(played, 0))
                && texts(heard, 0).equals(texts(received, DELAY))
                && played.size() == TOTAL;
        System.out.printf(
                "music: complete=%s ordered=%s exact=%s received=%d echoed=%d late=%d failures=%d%n",
                isComplete,
                isOrdered,
                isExact,
                received.size(),
                heard.size(),
                late,
                device.jackCounts().failures() + player.failures.size() + peer.failures.size());
        return isComplete;
    }

    /** Whether no message came twice, or before one that was played earlier. */
    private static boolean isOrdered(List<Timed> messages) {
        int last = -1;
        for (Timed message : messages) {
            int number = message.bytes()[1] | message.bytes()[2] << 7;
            if (number <= last) {
                return false;
            }
            last = number;
        }
        return true;
    }

    private static List<String> texts(List<Timed> messages, int delay) {
        return messages.stream().map(one -> text(one, delay)).toList();
    }

    private static long inexact(List<Timed> heard, List<Timed> played, int delay) {
        Set<String> right = Set.copyOf(texts(played, delay));
        return texts(heard, 0).stream().filter(one -> !right.contains(one)).count();
    }

    private static String text(Timed one, int delay) {
        return one.frame() + delay + Arrays.toString(one.bytes());
    }
}
