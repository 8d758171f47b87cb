package idiom.engine.live;

/**
 * What sounds at the output, by channel and pitch, and what may be said next: no off without an on, no added note over
 * another note of its pitch, and an off for everything at the end. [session]
 */
final class SoundingNotes {
    /** Channels times pitches. */
    static final int KEYS = 16 * 128;

    /** How often the player struck a key that was not released yet. */
    private final int[] struck = new int[KEYS];
    /** Serial number of the added note that sounds, 0 for none. */
    private final int[] added = new int[KEYS];

    boolean isPlayers(int key) {
        return struck[key] > 0;
    }

    /** Copies how often the player struck each key that was not released yet. */
    void copyPlayers(int[] counts) {
        System.arraycopy(struck, 0, counts, 0, KEYS);
    }

    /** Serial number of the added note that sounds, 0 for none. */
    int added(int key) {
        return added[key];
    }

    boolean isAdded(int key) {
        return added[key] != 0;
    }

    boolean isAdded(int key, int serial) {
        return added[key] == serial;
    }

    boolean isSilent(int key) {
        return struck[key] == 0 && added[key] == 0;
    }

    void strike(int key) {
        struck[key]++;
    }

    void release(int key) {
        struck[key]--;
    }

    void add(int key, int serial) {
        added[key] = serial;
    }

    void endAdded(int key) {
        added[key] = 0;
    }

    /** How many ons of a key have no off yet. */
    int open(int key) {
        return struck[key] + (added[key] == 0 ? 0 : 1);
    }

    /** Takes one of the ons of a key as ended. */
    void endOne(int key) {
        if (added[key] != 0) {
            added[key] = 0;
        } else {
            struck[key]--;
        }
    }

    /** Number of keys that sound. */
    int count() {
        int count = 0;
        for (int key = 0; key < KEYS; key++) {
            count += isSilent(key) ? 0 : 1;
        }
        return count;
    }
}
