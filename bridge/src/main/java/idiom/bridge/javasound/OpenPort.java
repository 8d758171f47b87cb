package idiom.bridge.javasound;

import javax.sound.midi.MidiDevice;

/** A port that is open. */
interface OpenPort {

    /** What it belongs to. */
    MidiDevice device();

    /** Whether it was seen not to work any more. [any] */
    boolean hasFailed();

    /** Stops to use it; takes no longer than a message. [control] */
    void retire();

    /** Gives it back, after it was retired; a driver whose device is gone may take its time over it. [control] */
    void release();
}
