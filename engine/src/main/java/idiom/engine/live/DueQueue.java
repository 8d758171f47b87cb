package idiom.engine.live;

/**
 * What has to leave, ordered by song position and, at one position, by the order in which it came: a binary heap over
 * arrays of fixed size. Positions, not times: when the tempo changes, all that waits moves along. [session]
 *
 * <p>Half of the room is for whatever comes, the other half for note-offs alone; as every note-off in here belongs to a
 * note-on that was let in before, an off always finds room.
 */
final class DueQueue {
    /** Who an event belongs to. */
    enum Owner {
        /** A message that is not a note. */
        NONE,
        /** The player's note. */
        PLAYER,
        /** A note that was added. */
        ADDED,
        /** No message: what the sink sends by itself from there on. */
        ROUTE
    }

    private final double[] positions;
    private final long[] orders;
    private final int[] messages;
    private final int[] details;
    private final Owner[] owners;
    private int size;
    private long order;

    DueQueue(int capacity) {
        this.positions = new double[capacity];
        this.orders = new long[capacity];
        this.messages = new int[capacity];
        this.details = new int[capacity];
        this.owners = new Owner[capacity];
    }

    /**
     * Puts an event in.
     *
     * @param detail serial number of an added note; slot of a long message, else -1
     * @return false if there is no room for it
     */
    boolean add(double position, int message, Owner owner, int detail) {
        boolean isOff = Message.isNoteOff(message);
        if (size >= (isOff ? positions.length : positions.length / 2)) {
            return false;
        }
        int place = size++;
        positions[place] = position;
        orders[place] = order++;
        messages[place] = message;
        owners[place] = owner;
        details[place] = detail;
        rise(place);
        return true;
    }

    boolean isEmpty() {
        return size == 0;
    }

    double position() {
        return positions[0];
    }

    int message() {
        return messages[0];
    }

    Owner owner() {
        return owners[0];
    }

    int detail() {
        return details[0];
    }

    /** Takes the first event out. */
    void remove() {
        size--;
        if (size > 0) {
            swap(0, size);
            sink(0);
        }
    }

    private void rise(int from) {
        int place = from;
        while (place > 0 && isBefore(place, (place - 1) / 2)) {
            swap(place, (place - 1) / 2);
            place = (place - 1) / 2;
        }
    }

    private void sink(int from) {
        int place = from;
        while (true) {
            int first = place;
            for (int child = 2 * place + 1; child <= 2 * place + 2; child++) {
                if (child < size && isBefore(child, first)) {
                    first = child;
                }
            }
            if (first == place) {
                return;
            }
            swap(place, first);
            place = first;
        }
    }

    private boolean isBefore(int a, int b) {
        return positions[a] < positions[b] || (positions[a] == positions[b] && orders[a] < orders[b]);
    }

    private void swap(int a, int b) {
        double position = positions[a];
        positions[a] = positions[b];
        positions[b] = position;
        long o = orders[a];
        orders[a] = orders[b];
        orders[b] = o;
        int message = messages[a];
        messages[a] = messages[b];
        messages[b] = message;
        int detail = details[a];
        details[a] = details[b];
        details[b] = detail;
        Owner owner = owners[a];
        owners[a] = owners[b];
        owners[b] = owner;
    }
}
