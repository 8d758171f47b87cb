package idiom.engine.live;

/** One of the ways to answer, driven by a {@link LiveSession}. Positions are steps of the song. [session] */
sealed interface Answering permits HopAnswering, InstantAnswering, TimelineAnswering {

    /** A note is struck. */
    void strike(double step, int message);

    /** A key is let go. */
    void release(double step, int message);

    /** Whether all is known that is due soon: no answer is waited for. */
    boolean isSettled();

    /** How long everything that is no note waits, in steps. */
    double delaySteps();

    /**
     * Does what is due; returns how much was done.
     *
     * @param heardUntil all that was played before then has come in; not before {@code now}
     */
    int advance(long now, long heardUntil);

    /** How the music goes on. */
    enum Start {
        /** It plays. */
        PLAYING,
        /** It plays, and what is played from here to the end of the window has already got out. */
        PASSED,
        /** The song stands; what is played is no part of it. */
        STANDING
    }

    /** The music, which moves, leaves a position for another one; followed by {@link #restart}. */
    default void leave(double step, double to) {}

    /** Forgets all that was played and goes on at a position. */
    void restart(double step, Start start);

    /** Another preset, from the next step on. */
    void select(int preset);

    /** Whether everything passes through unchanged, at the same delay, from the next step on. */
    void bypass(boolean on);

    /** From a position on, another share of the preset's mix is wanted; positions never go back but for a restart. */
    void mix(double step, double share);

    /** A knob was moved: what the {@link Choice} says now holds from the next step on. */
    void revise();
}
