package idiom.bridge.jack;

import static idiom.bridge.jack.RealtimeCalls.ADDRESS_SPACE;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import idiom.bridge.queue.DueQueue;
import org.jaudiolibs.jnajack.lowlevel.JackLibrary;

/**
 * What happens in each period: messages that came in go to the session, those whose time has come leave at their frame. Runs
 * in libjack's realtime thread; allocates nothing once it has been {@linkplain #rehearse rehearsed}.
 */
final class ProcessCycle implements JackLibrary.JackProcessCallback {
    private static final int SYSEX = 0xF0;
    private static final int SYSEX_END = 0xF7;

    private final Lanes lanes;
    private final long client;
    private final long inPort;
    private final long outPort;
    private final TransportReader transport;
    /** Whether what comes in goes out in the same frame. */
    private final boolean thru;

    private final byte[] message = new byte[Lanes.LONGEST_MESSAGE];
    private final Memory event = RealtimeCalls.zeroed(RealtimeCalls.EVENT_BYTES);
    private final long eventAddress = Pointer.nativeValue(event);

    ProcessCycle(Lanes lanes, long client, long inPort, long outPort, boolean thru) {
        this.thru = thru;
        this.lanes = lanes;
        this.client = client;
        this.inPort = inPort;
        this.outPort = outPort;
        this.transport = new TransportReader(lanes.transport, lanes.clock.rate());
    }

    /** [process] */
    @Override
    public int invoke(int frames) {
        long beganNs = System.nanoTime();
        try {
            cycle(frames, beganNs);
        } catch (RuntimeException | Error e) {
            // Nothing may be thrown into libjack, and logging is not for this thread. Other than 0 would end the
            // client.
            lanes.failures.add(1);
        }
        long tookNs = System.nanoTime() - beganNs;
        lanes.callbackNs.add(tookNs);
        if (tookNs > lanes.longestCallbackNs) {
            lanes.longestCallbackNs = tookNs;
        }
        return 0;
    }

    private void cycle(int frames, long nowNs) {
        long start = lanes.clock.period(
                RealtimeCalls.jack_last_frame_time(client), RealtimeCalls.jack_frame_time(client), nowNs);
        takeIn(RealtimeCalls.jack_port_get_buffer(inPort, frames), start);
        lanes.heardUntil = start + frames;
        long out = RealtimeCalls.jack_port_get_buffer(outPort, frames);
        RealtimeCalls.jack_midi_clear_buffer(out);
        long in = thru ? RealtimeCalls.jack_port_get_buffer(inPort, frames) : 0;
        putOut(out, in, start, frames);
        transport.read(client, start);
        if (frames != lanes.periodFrames) {
            lanes.periodFrames = frames;
        }
        lanes.periods.add(1);
    }

    private void takeIn(long buffer, long start) {
        int count = RealtimeCalls.jack_midi_get_event_count(buffer);
        if (count == 0) {
            return;
        }
        int dropped = RealtimeCalls.jack_midi_get_lost_event_count(buffer);
        for (int i = 0; i < count; i++) {
            if (!takeIn(buffer, i, start)) {
                dropped++;
            }
        }
        if (dropped > 0) {
            lanes.droppedIn.add(dropped);
        }
    }

    private boolean takeIn(long buffer, int index, long start) {
        if (RealtimeCalls.jack_midi_event_get(eventAddress, buffer, index) != 0) {
            return false;
        }
        long size = event.getLong(RealtimeCalls.EVENT_SIZE);
        if (size < 1 || size > message.length) {
            return false;
        }
        int length = (int) size;
        ADDRESS_SPACE.read(event.getLong(RealtimeCalls.EVENT_BUFFER), message, 0, length);
        return isWhole(length) && lanes.in.offer(start + event.getInt(RealtimeCalls.EVENT_TIME), message, 0, length);
    }

    /** JACK's messages are whole by contract; some clients send long SysEx in pieces all the same. */
    private boolean isWhole(int length) {
        int status = message[0] & 0xFF;
        return status >= 0x80 && (status != SYSEX || (message[length - 1] & 0xFF) == SYSEX_END);
    }

    /** Writes what is due, in the order of frames, and among it what comes in, if {@code in} is not 0. */
    private void putOut(long buffer, long in, long start, int frames) {
        int count = in == 0 ? 0 : RealtimeCalls.jack_midi_get_event_count(in);
        int passed = 0;
        DueQueue out = lanes.out;
        out.admit();
        boolean isEmpty = true;
        while (out.size() > 0 && out.due() < start + frames) {
            int length = out.length();
            int offset = (int) Math.max(0, out.due() - start);
            passed = pass(buffer, in, passed, count, offset);
            long address = RealtimeCalls.jack_midi_event_reserve(buffer, offset, length);
            if (address != 0) {
                ADDRESS_SPACE.write(address, out.array(), out.offset(), length);
                if (out.due() < start) {
                    lanes.late.add(1);
                }
                isEmpty = false;
            } else if (isEmpty) {
                lanes.unfit.add(1); // Longer than a whole buffer: it would wait forever, and all others behind it.
            } else {
                lanes.deferred.add(1);
                break;
            }
            out.remove();
        }
        pass(buffer, in, passed, count, frames);
    }

    /** Passes events from {@code first} on through that come in up to a frame; returns the first that is left. */
    private int pass(long buffer, long in, int first, int count, int upTo) {
        int next = first;
        while (next < count && RealtimeCalls.jack_midi_event_get(eventAddress, in, next) == 0) {
            int frame = event.getInt(RealtimeCalls.EVENT_TIME);
            if (frame > upTo) {
                return next;
            }
            long size = event.getLong(RealtimeCalls.EVENT_SIZE);
            long address =
                    size < 1 || size > message.length ? 0 : RealtimeCalls.jack_midi_event_reserve(buffer, frame, size);
            if (address == 0) {
                lanes.unfit.add(1);
            } else {
                ADDRESS_SPACE.read(event.getLong(RealtimeCalls.EVENT_BUFFER), message, 0, (int) size);
                ADDRESS_SPACE.write(address, message, 0, (int) size);
            }
            next++;
        }
        return next;
    }

    /**
     * Runs through everything often enough to be compiled, on an output port's own buffer and with lanes of its own, before
     * the client is activated: the first process callback otherwise takes milliseconds. [control]
     */
    static void rehearse(long client, long outPort, long rate, int frames) {
        Lanes lanes = new Lanes(new FrameClock(rate, System.nanoTime()), frames);
        ProcessCycle cycle = new ProcessCycle(lanes, client, outPort, outPort, false);
        byte[] note = {(byte) 0x90, 60, 64};
        long buffer = RealtimeCalls.jack_port_get_buffer(outPort, frames);
        if (buffer == 0) {
            return;
        }
        for (int i = 0; i < 3000; i++) {
            long start = lanes.clock.period(i * frames, i * frames, System.nanoTime());
            lanes.out.offer(start, note, 0, note.length);
            lanes.out.offer(start + frames / 2, note, 0, note.length);
            RealtimeCalls.jack_midi_clear_buffer(buffer);
            cycle.putOut(buffer, 0, start, frames);
            cycle.takeIn(buffer, start);
            cycle.transport.read(client, start);
            lanes.in.drain((time, bytes, offset, length) -> {});
        }
        RealtimeCalls.jack_midi_clear_buffer(buffer);
    }
}
