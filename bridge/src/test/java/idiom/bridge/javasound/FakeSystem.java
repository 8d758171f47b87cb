package idiom.bridge.javasound;

import java.util.ArrayList;
import java.util.List;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.spi.MidiDeviceProvider;

/**
 * A system of MIDI ports without hardware, registered in META-INF/services. Like the JDK's providers, it looks anew only if
 * the number of ports has changed, keeps infos and devices of ports that are still there, and has one device for a port.
 */
public final class FakeSystem extends MidiDeviceProvider {
    private static final List<FakePort> PLUGGED = new ArrayList<>();
    private static List<FakePort> seen = List.of();

    public FakeSystem() {}

    /** Plugs a port in. */
    static FakePort plug(FakePort port) {
        synchronized (PLUGGED) {
            PLUGGED.add(port);
        }
        return port;
    }

    /** A port that music comes from. */
    static FakePort input(String name) {
        return plug(new FakePort(name, "no details available", true));
    }

    /** A port that music goes to. */
    static FakePort output(String name) {
        return plug(new FakePort(name, "External MIDI Port", false));
    }

    /** Both sides of a port of loopMIDI: what goes to it comes from it. */
    static void loop(String name) {
        FakePort input = input(name);
        output(name).loopTo(input);
    }

    /** Pulls a port out. */
    static void unplug(FakePort port) {
        synchronized (PLUGGED) {
            PLUGGED.remove(port);
        }
        port.pull();
    }

    static void unplugAll() {
        synchronized (PLUGGED) {
            List.copyOf(PLUGGED).forEach(FakeSystem::unplug);
            seen = List.of();
        }
    }

    private static List<FakePort> look() {
        synchronized (PLUGGED) {
            if (seen.size() != PLUGGED.size()) {
                seen = List.copyOf(PLUGGED);
            }
            return seen;
        }
    }

    @Override
    public MidiDevice.Info[] getDeviceInfo() {
        return look().stream().map(FakePort::getDeviceInfo).toArray(MidiDevice.Info[]::new);
    }

    @Override
    public MidiDevice getDevice(MidiDevice.Info info) {
        return look().stream()
                .filter(port -> port.getDeviceInfo().equals(info))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not supported: " + info));
    }
}
