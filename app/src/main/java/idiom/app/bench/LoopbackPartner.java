package idiom.app.bench;

import idiom.bridge.loopback.LoopbackDevice;

/** The other end of a loopback, which carries messages at once. */
final class LoopbackPartner implements Partner {
    private final LoopbackDevice device;

    LoopbackPartner(LoopbackDevice device) {
        this.device = device;
    }

    @Override
    public long ahead() {
        return 0;
    }

    @Override
    public long play(long due, byte[] message) {
        long now = device.now();
        device.play(now, message, 0, message.length);
        return now;
    }

    @Override
    public void listen(MessageLog heard) {
        device.collect((time, bytes, offset, length) -> heard.add(device.now(), time, bytes, offset, length));
    }

    @Override
    public long late() {
        return 0;
    }

    @Override
    public void close() {
        // Whoever opened the device closes it.
    }
}
