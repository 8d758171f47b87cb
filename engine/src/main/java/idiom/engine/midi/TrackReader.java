package idiom.engine.midi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the events of one track chunk. */
final class TrackReader {
    private static final int CACHE_SIZE = 1 << 12;

    /** What the tracks of a file share: limits, and equal messages, of which a song has many. */
    static final class Shared {
        private final @Nullable ChannelMessage[] cache = new @Nullable ChannelMessage[CACHE_SIZE];
        private final int maxEvents;
        private final long maxTick;
        private final Warnings warnings;
        private int eventCount;

        Shared(int maxEvents, long maxTick, Warnings warnings) {
            this.maxEvents = maxEvents;
            this.maxTick = maxTick;
            this.warnings = warnings;
        }

        private ChannelMessage message(int status, int data1, int data2) {
            int slot = ((status * 31 + data1) * 127 + data2) & (CACHE_SIZE - 1);
            ChannelMessage cached = cache[slot];
            if (cached == null || cached.status() != status || cached.data1() != data1 || cached.data2() != data2) {
                cached = new ChannelMessage(status, data1, data2);
                cache[slot] = cached;
            }
            return cached;
        }
    }

    private final ByteCursor in;
    private final Shared shared;
    private final boolean breaksOff;
    private final List<MidiEvent> events = new ArrayList<>();
    private long tick;
    private int runningStatus;
    private boolean statusIsStale;
    private boolean warnedOfStaleStatus;

    /** {@code breaksOff}: the track is the file's last, so that an event beyond its end is a file cut short. */
    TrackReader(ByteCursor in, Shared shared, boolean breaksOff) {
        this.in = in;
        this.shared = shared;
        this.breaksOff = breaksOff;
    }

    MidiTrack read() throws MidiFormatException {
        try {
            while (in.remaining() > 0) {
                int start = in.position();
                MidiMessage message = event();
                add(start, new MidiEvent(tick, message));
                if (message instanceof MetaMessage meta && meta.isEndOfTrack()) {
                    warnOfRest();
                    return new MidiTrack(events);
                }
            }
            shared.warnings.add(in.describe(in.position(), "no end-of-track, added one"));
        } catch (MidiFormatException.Truncated e) {
            if (!breaksOff) {
                throw e;
            }
            shared.warnings.add(e.getMessage() + "; the file breaks off, ended the track there");
        }
        long end = events.isEmpty() ? 0 : events.get(events.size() - 1).tick();
        add(in.position(), new MidiEvent(end, MetaMessage.endOfTrack()));
        return new MidiTrack(events);
    }

    private void warnOfRest() {
        if (in.remaining() > 0) {
            shared.warnings.add(
                    in.describe(in.position(), "left out " + in.remaining() + " bytes after the end-of-track"));
        }
    }

    private void add(int start, MidiEvent event) throws MidiFormatException {
        if (++shared.eventCount > shared.maxEvents) {
            throw in.error(start, "the file has more than " + shared.maxEvents + " events, the most that are read");
        }
        events.add(event);
    }

    private MidiMessage event() throws MidiFormatException {
        int start = in.position();
        tick += in.vlq();
        if (tick > shared.maxTick) {
            throw in.error(start, "tick " + tick + " is beyond " + shared.maxTick + ", the last that is read");
        }
        int statusAt = in.position();
        int status = status(statusAt);
        if (status < 0xF0) {
            return channelMessage(status);
        }
        statusIsStale = true;
        if (status == 0xFF) {
            return metaMessage();
        }
        if (status == SysExMessage.START || status == SysExMessage.CONTINUE) {
            return SysExMessage.owning(status, in.take(in.vlq(), "a SysEx packet"));
        }
        throw in.error(statusAt, "no event of a file has status 0x" + Integer.toHexString(status));
    }

    /** The status to come, or the running one. */
    private int status(int at) throws MidiFormatException {
        if (in.peek() >= 0x80) {
            int status = in.u8();
            if (status < 0xF0) {
                runningStatus = status;
                statusIsStale = false;
            }
            return status;
        }
        if (in.peek() >= 0 && runningStatus == 0) {
            throw in.error(at, "data byte without a status before it: data=" + in.peek());
        }
        if (in.peek() < 0) {
            return in.u8();
        }
        warnOfStaleStatus(at);
        return runningStatus;
    }

    /** Metas and SysEx end running status by the standard; there are writers who don't know. */
    private void warnOfStaleStatus(int at) {
        if (statusIsStale && !warnedOfStaleStatus) {
            warnedOfStaleStatus = true;
            shared.warnings.add(in.describe(at, "running status goes on after a meta or SysEx event"));
        }
    }

    private ChannelMessage channelMessage(int status) throws MidiFormatException {
        int data1 = dataByte();
        int data2 = ChannelMessage.dataBytes(status) == 2 ? dataByte() : 0;
        return shared.message(status, data1, data2);
    }

    private int dataByte() throws MidiFormatException {
        int data = in.u8();
        if (data > 127) {
            throw in.error(in.position() - 1, "a data byte must be below 0x80: data=0x" + Integer.toHexString(data));
        }
        return data;
    }

    private MetaMessage metaMessage() throws MidiFormatException {
        int type = in.u8();
        if (type > 127) {
            throw in.error(in.position() - 1, "a meta type must be below 0x80: type=0x" + Integer.toHexString(type));
        }
        return MetaMessage.owning(type, in.take(in.vlq(), "a meta event"));
    }
}
