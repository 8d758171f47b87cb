package idiom.app.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;

/** A session of Qtractor's with MIDI tracks that play one and the same file through the plugin. */
final class QtractorSession {
    /** Frames a second. */
    static final int RATE = 48_000;

    /** At 120 quarters a minute. */
    static final int STEP = RATE / 8;

    /** Where tracks play the file once more, windows away from the first time. */
    static final int REHEARSAL_STEP = 1024;

    /** The bus to which the answers go; that of the tracks carries what they play themselves. */
    static final String ANSWERS = "Answers";

    private static final String HEAD = """
            <session name="song">
             <properties>
              <sample-rate>%d</sample-rate><tempo>120</tempo><ticks-per-beat>960</ticks-per-beat>
              <beats-per-bar>4</beats-per-bar><beat-divisor>2</beat-divisor>
             </properties>
             <devices>
              <audio-engine>
               <audio-control><transport-mode>none</transport-mode></audio-control>
               <audio-bus name="Master" mode="duplex"><channels>2</channels></audio-bus>
              </audio-engine>
              <midi-engine>
               <midi-control><spp-mode>input</spp-mode></midi-control>
               <midi-bus name="Master" mode="duplex"/>
               <midi-bus name="Answers" mode="output"/>
              </midi-engine>
             </devices>
             <tracks>
            """;

    /** Down the list: what the track plays is heard, goes through Idiom, is heard again, and is sent to a bus. */
    private static final String TRACK = """
            <track name="%1$s" type="midi">
             <properties>
              <input-bus>Master</input-bus><output-bus>Master</output-bus><midi-channel>%2$d</midi-channel>
             </properties>
             <clips>
              <clip name="music">
               <properties><start>0</start><offset>0</offset><length>%3$d</length><gain>1</gain></properties>
               <midi-clip><filename>%4$s</filename><track-channel>0</track-channel></midi-clip>
              </clip>
              <clip name="rehearsal">
               <properties><start>%8$d</start><offset>0</offset><length>%3$d</length><gain>1</gain></properties>
               <midi-clip><filename>%4$s</filename><track-channel>0</track-channel></midi-clip>
              </clip>
             </clips>
             <plugins>
              <plugin type="CLAP"><filename>%5$s</filename><index>0</index><activated>1</activated></plugin>
              <plugin type="CLAP"><filename>%6$s</filename><index>0</index><activated>1</activated>
               <configs><config key="state">%7$s</config></configs>
              </plugin>
              <plugin type="CLAP"><filename>%5$s</filename><index>1</index><activated>1</activated></plugin>
              <plugin type="AuxSend"><index>0</index><activated>1</activated>
               <configs><config key="midiBusName">Answers</config></configs>
              </plugin>
             </plugins>
            </track>
            """;

    private final Path music;
    private final int steps;
    private final Path ears;
    private final Path idiom;
    private final StringBuilder tracks = new StringBuilder();

    /**
     * One without tracks.
     *
     * @param music the file that tracks play
     * @param steps how much of it
     * @param ears the plugins of ear.c
     * @param idiom the CLAP plugin
     */
    QtractorSession(Path music, int steps, Path ears, Path idiom) {
        this.music = music;
        this.steps = steps;
        this.ears = ears;
        this.idiom = idiom;
    }

    /** Adds a track on a channel, with the state of the plugin on it: Qtractor 0.9.31 forgets values of parameters without one. */
    void addTrack(int channel, byte[] state) {
        tracks.append(TRACK.formatted(
                "channel " + channel,
                channel,
                steps * STEP,
                music,
                ears,
                idiom,
                qCompressed(state),
                REHEARSAL_STEP * STEP));
    }

    /** As Qt packs bytes: their number, and a deflated stream. */
    private static String qCompressed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    /** The file. */
    String text() {
        return HEAD.formatted(RATE) + tracks + "</tracks></session>\n";
    }
}
