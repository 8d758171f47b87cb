package idiom.bridge.plugin;

import idiom.engine.live.TransportState;
import java.util.Arrays;

/**
 * Where a song may go on the next time, and how it begins there: what a plugin knows beforehand of what is played from memory, and
 * what of it need not be sent again when it plays that. [session]
 */
public final class Overtures {
    private static final int MOST_SERIALS = 0xFFFF;
    /** Hosts round to parts of a beat, each time otherwise; the plugin takes what lies so near for the same place as well. */
    private static final double SAME_STEP = 1 / 128.0;

    private final RecordWriter out;
    private final double rate;
    /** Where the song was put while it moved, the latest first; then where it stood. */
    private final double[] places = new double[Layout.OVERTURES];

    private int placesRevision;
    private final Overture[] known = new Overture[Layout.OVERTURES];
    /** What the plugin knew before; it may begin to play it before it hears of the next. */
    private final Overture[] former = new Overture[Layout.OVERTURES];

    private int lastSerial;
    private final Overture played = new Overture();
    private boolean isPlayed;
    private final byte[] message = new byte[3];

    Overtures(RecordWriter out, double rate) {
        this.out = out;
        this.rate = rate;
        Arrays.fill(places, Double.NaN);
        for (int i = 0; i < Layout.OVERTURES; i++) {
            known[i] = new Overture();
            former[i] = new Overture();
        }
    }

    /** How many places there are. */
    public int size() {
        return places.length;
    }

    /** A position at which the song may go on another time; no number if none is known. */
    public double place(int index) {
        return places[index];
    }

    /** Counts what changes in {@link #place}. */
    public int revision() {
        return placesRevision;
    }

    /** The song is somewhere; it may go on there another time if it stands there, or was put there. */
    void keepPlace(TransportState where, boolean hasJumped) {
        if (!where.isKnown()) {
            return;
        }
        int last = places.length - 1;
        double step = where.step();
        if (!where.isRolling()) {
            placesRevision += isAt(last, step) ? 0 : 1;
            places[last] = isAt(last, step) ? places[last] : step;
        } else if (hasJumped && !isAt(last, step)) {
            int place = 0;
            while (place < last - 1 && !isAt(place, step)) {
                place++;
            }
            boolean isNew = !isAt(place, step);
            double kept = isNew ? step : places[place];
            placesRevision += isNew ? 1 : 0;
            System.arraycopy(places, 0, places, 1, place);
            places[0] = kept;
        }
    }

    private boolean isAt(int place, double step) {
        return Math.abs(places[place] - step) <= SAME_STEP;
    }

    /** Has the plugin know how the song begins at one of the places, if it does not; false if there was no room to tell it. */
    public boolean prepare(int index, Overture overture) {
        Overture current = known[index];
        if (current.isSame(overture)) {
            return true;
        }
        Overture next = former[index];
        next.copy(overture);
        lastSerial = lastSerial % MOST_SERIALS + 1;
        next.serial(overture.count() == 0 ? 0 : lastSerial);
        boolean isTold = out.overture(index, next);
        if (isTold) {
            former[index] = current;
            known[index] = next;
        }
        return isTold;
    }

    /**
     * The song has jumped, and the plugin plays what it knows of the place.
     *
     * @param serial of that, 0 for nothing
     * @return whether it is known here what that is
     */
    boolean begin(int serial, TransportState where) {
        isPlayed = false;
        for (int i = 0; i < Layout.OVERTURES && serial != 0; i++) {
            Overture one = known[i].serial() == serial ? known[i] : former[i];
            if (one.serial() == serial) {
                isPlayed = true;
                played.copy(one);
                played.play(where.time(), where.step(), rate / where.stepsPerSecond());
            }
        }
        return isPlayed == (serial != 0);
    }

    /** What the plugin played is taken back. */
    void stop() {
        isPlayed = false;
    }

    /** Whether the plugin plays a message by itself that is due at a frame. */
    boolean plays(long due, byte[] bytes, int offset, int length) {
        return isPlayed
                && length == message.length
                && played.plays(
                        due,
                        (bytes[offset] & 0xFF)
                                | ((bytes[offset + 1] & 0xFF) << 8)
                                | ((bytes[offset + 2] & 0xFF) << 16));
    }

    /** Once the answer must have come: what the plugin has begun though that knows nothing of it has to end. */
    void end(long now, long patience) {
        if (!isPlayed || now <= played.end() + patience) {
            return;
        }
        isPlayed = false;
        for (int off = played.nextUnanswered(); off != 0; off = played.nextUnanswered()) {
            for (int i = 0; i < message.length; i++) {
                message[i] = (byte) (off >>> (8 * i));
            }
            // Without room it sounds on until something ends all that sounds.
            out.midi(now, message, 0, message.length);
        }
    }
}
