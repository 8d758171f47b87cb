package idiom.engine.transfer;

import idiom.engine.generator.Generator;
import idiom.engine.metrics.RollReport;
import idiom.engine.midi.MeterMap;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import idiom.engine.pianoroll.Cells;
import idiom.engine.pianoroll.SongGrids;
import idiom.engine.pianoroll.SongRoll;
import idiom.engine.pianoroll.Windows;
import idiom.presets.Decoding;
import idiom.presets.Hop;
import idiom.presets.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Plays a MIDI file in another genre: renders it, asks a generator window by window, decodes the answers and puts the
 * changed notes back. All that is no note of the rolls (drums, controllers, lyrics, SysEx, tempo) and each note that is kept
 * stays event for event; a generator that returns its input gives back the file.
 *
 * <p>Takes time and memory in proportion to the notes and the length of the song, beside inference. As thread-safe as its
 * generator.
 */
public final class SongTransfer {
    private final Generator generator;
    private final Decoding decoding;
    private final Output output;
    private final Hop hop;

    /**
     * @param generator asked in batches of up to {@code maxBatch}; stays open
     * @param decoding what is done with its answers
     * @param output channel and program of the result
     * @param hop how far windows lie apart: {@link Hop#WINDOW} asks once for each 64 steps; smaller ones ask with the hop in
     *     the middle of its context, 64 / hop times as often
     */
    public SongTransfer(Generator generator, Decoding decoding, Output output, Hop hop) {
        this.generator = generator;
        this.decoding = decoding;
        this.output = output;
        this.hop = hop;
    }

    /**
     * Transfers a file.
     *
     * @throws IllegalArgumentException if it is longer than {@link SongRoll#MOST_STEPS} from its first note to its last
     * @throws idiom.engine.generator.GeneratorException if the generator fails
     */
    public TransferResult transfer(MidiFile file) {
        Answers answers = new Answers(generator);
        List<TransferredPiece> pieces = new ArrayList<>();
        List<MidiTrack> tracks = new ArrayList<>();
        for (MidiFile sequence : file.sequences()) {
            NoteTable table = NoteTable.of(sequence);
            TransferredPiece piece = transfer(table, answers);
            NoteChanges changes = piece.changes();
            List<Note> added = new ArrayList<>(changes.pieces());
            added.addAll(changes.added());
            MidiFile edited = table.edit(changes.removed(), changes.replaced(), added);
            pieces.add(piece);
            tracks.addAll(Programs.applied(edited, table, output).tracks());
        }
        MidiFile result = new MidiFile(file.format(), file.division(), tracks, file.warnings());
        return new TransferResult(result, pieces, answers.windowNs());
    }

    private TransferredPiece transfer(NoteTable table, Answers answers) {
        SongRoll song = SongRoll.of(table.notes(), SongGrids.of(table.file()));
        Cells cells = new SongDecoder(song, Windows.over(song, hop.steps()), answers, decoding).decode();
        MpeZones zones = MpeZones.of(table.file());
        NoteChanges changes = new NoteDecoder(song, cells, decoding.feel(), output.channel(), zones).decode();
        RollReport report = RollReport.of(song.cells().blocks(), cells.blocks());
        return new TransferredPiece(song, cells, changes, report, remarks(table.file(), song));
    }

    private static List<String> remarks(MidiFile file, SongRoll song) {
        List<String> remarks = new ArrayList<>();
        if (song.firstStep() == song.endStep()) {
            remarks.add("no pitched notes from C1 to B7: nothing to transfer");
        }
        MeterMap meters = MeterMap.of(file);
        if (!meters.isFourFourThroughout()) {
            String names = meters.meters().stream()
                    .map(meter -> meter.numerator() + "/" + meter.denominator())
                    .distinct()
                    .limit(8)
                    .collect(Collectors.joining(", "));
            remarks.add("not in 4/4 throughout (" + names
                    + "): windows are 64 sixteenths from bar 1, not four bars; the models know 4/4 only");
        }
        return remarks;
    }
}
