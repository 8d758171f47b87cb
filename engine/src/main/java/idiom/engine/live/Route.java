package idiom.engine.live;

/** What a sink that passes things by itself shall send of what is played; everyone else need not care. */
public enum Route {
    /** Nothing: all of it comes back with the answer. */
    ANSWERED,
    /** All of it, at once: the song is being learnt, and nothing is added. */
    PASSED,
    /** All but notes, at once: those are played from memory. */
    REMEMBERED
}
