/** Recordings of live sessions: the tap on the session's thread, the journal on disk, the MIDI file that becomes of it. */
@NullMarked
package idiom.app.record;

import org.jspecify.annotations.NullMarked;
