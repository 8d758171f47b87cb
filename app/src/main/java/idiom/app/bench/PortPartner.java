package idiom.app.bench;

import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;

/**
 * Two devices of the same system, one that plays to a device and one that listens to it: one alone would make a circle, in which
 * JACK adds a period. What is played is handed over long before its time, so that it leaves then, however busy the machine is.
 */
final class PortPartner implements Partner {
    private static final double AHEAD_SECONDS = 0.5;

    private final Device player;
    private final Device listener;
    /** What the clocks of the partner's devices are ahead of the session's by. */
    private final long playerAhead;

    private final long listenerAhead;

    private PortPartner(Device player, Device listener, Device session) {
        this.player = player;
        this.listener = listener;
        this.playerAhead = difference(player, session);
        this.listenerAhead = difference(listener, session);
    }

    /**
     * Opens both.
     *
     * @param backend another instance than the session's, which would not list a port of its own
     * @param name of the session's device, as it was asked for
     */
    static PortPartner open(Backend backend, String name, Device session) throws BackendException {
        Device player = backend.open(new DeviceSpec("player of " + suffix(name), null, name));
        try {
            Device listener = backend.open(new DeviceSpec("listener of " + suffix(name), name, null));
            return new PortPartner(player, listener, session);
        } catch (BackendException e) {
            player.close();
            throw e;
        }
    }

    /** Their own names must not have the device's name in them, by which they look for it. */
    private static String suffix(String name) {
        return name.substring(name.lastIndexOf(' ') + 1);
    }

    /**
     * JACK's devices have one clock. Elsewhere each has its own, and the smallest difference of some readings is the one with
     * the least time between its halves.
     */
    private static long difference(Device partner, Device session) {
        if (partner.clockRate() != 1_000_000_000L) {
            return 0;
        }
        long difference = 0;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 1000; i++) {
            long before = session.now();
            long theirs = partner.now();
            long after = session.now();
            if (after - before < least) {
                least = after - before;
                difference = theirs - (before + (after - before) / 2);
            }
        }
        return difference;
    }

    @Override
    public long ahead() {
        return Math.round(AHEAD_SECONDS * player.clockRate());
    }

    @Override
    public long play(long due, byte[] message) {
        while (!player.send(due + playerAhead, message, 0, message.length)) {
            Thread.onSpinWait();
        }
        return due;
    }

    @Override
    public void listen(MessageLog heard) {
        listener.receive((time, bytes, offset, length) ->
                heard.add(listener.now() - listenerAhead, time - listenerAhead, bytes, offset, length));
    }

    @Override
    public long late() {
        return player.counts().late();
    }

    @Override
    public void close() {
        player.close();
        listener.close();
    }
}
