package idiom.bridge;

import idiom.engine.live.MidiHandler;
import idiom.engine.live.Route;
import idiom.engine.live.TransportState;

/** A device that another one stands behind; who wraps one overrides what it has a part in. Threads are those of the other. */
public abstract class ForwardingDevice implements Device {
    /** The one that stands behind. */
    protected final Device device;

    protected ForwardingDevice(Device device) {
        this.device = device;
    }

    @Override
    public String description() {
        return device.description();
    }

    @Override
    public long clockRate() {
        return device.clockRate();
    }

    @Override
    public long now() {
        return device.now();
    }

    @Override
    public long heardUntil() {
        return device.heardUntil();
    }

    @Override
    public long leadTime() {
        return device.leadTime();
    }

    @Override
    public int receive(MidiHandler handler) {
        return device.receive(handler);
    }

    @Override
    public boolean send(long due, byte[] bytes, int offset, int length) {
        return device.send(due, bytes, offset, length);
    }

    @Override
    public boolean route(long due, Route route) {
        return device.route(due, route);
    }

    @Override
    public boolean takeBack() {
        return device.takeBack();
    }

    @Override
    public void settle(long until) {
        device.settle(until);
    }

    @Override
    public void transport(TransportState state) {
        device.transport(state);
    }

    @Override
    public boolean passesThru() {
        return device.passesThru();
    }

    @Override
    public State state() {
        return device.state();
    }

    @Override
    public Counts counts() {
        return device.counts();
    }

    @Override
    public void close() {
        device.close();
    }
}
