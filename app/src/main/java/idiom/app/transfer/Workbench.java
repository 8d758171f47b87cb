package idiom.app.transfer;

import idiom.app.picture.NoteComparison;
import idiom.app.picture.PianoRollPicture;
import idiom.engine.midi.MeterMap;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiFormatException;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.sound.WavRenderer;
import idiom.engine.transfer.SongTransfer;
import idiom.engine.transfer.TransferResult;
import idiom.engine.transfer.TransferredPiece;
import idiom.presets.ModelFile;
import idiom.presets.Preset;
import idiom.presets.PresetLibrary;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Transfers files one after the other; keeps the networks it has loaded. One thread. */
public final class Workbench implements AutoCloseable {
    private final PresetLibrary library;
    private final Networks networks;
    private final InferenceOptions options;
    private final Order order;
    private final Map<Path, Networks.Loaded> loaded = new HashMap<>();
    private @Nullable GenreClassifier classifier;

    /** Opens nothing yet. */
    public Workbench(PresetLibrary library, Networks networks, InferenceOptions options, Order order) {
        this.library = library;
        this.networks = networks;
        this.options = options;
        this.order = order;
    }

    /**
     * Transfers a file.
     *
     * @throws IOException if it cannot be read or written
     * @throws Refusal if there is nothing to do it with; so do presets, generators and synthesiser with theirs
     */
    public Outcome transfer(Order.Job job) throws IOException {
        requireFree(job);
        MidiFile file;
        try {
            file = MidiFile.read(job.in());
        } catch (MidiFormatException e) {
            throw new Refusal(job.in() + ": " + e.getMessage(), e);
        }
        return transfer(file, job);
    }

    /** As {@link #transfer(Order.Job)}, with the file already read; {@code job.in()} names it. */
    public Outcome transfer(MidiFile file, Order.Job job) throws IOException {
        PresetChoice choice = choose(file);
        Preset preset = library.load(choice.entry());
        Networks.Loaded network =
                loaded.computeIfAbsent(preset.model().path(), path -> networks.generator(preset.model(), options));
        long start = System.nanoTime();
        TransferResult result = new SongTransfer(
                        network.generator(),
                        order.tweaks().applied(preset.decoding()),
                        preset.output(),
                        order.tweaks().hop(preset))
                .transfer(file);
        long workNs = System.nanoTime() - start;
        write(job, result, title(job, preset));
        List<String> remarks = new ArrayList<>(file.warnings());
        result.pieces().stream()
                .map(TransferredPiece::remarks)
                .flatMap(List::stream)
                .distinct()
                .forEach(remarks::add);
        return new Outcome(job.in(), job.out(), choice, result, remarks, workNs);
    }

    /** What runs the generators loaded so far, for people; empty before the first file. */
    public Optional<String> runsOn() {
        return loaded.values().stream().map(Networks.Loaded::runsOn).findFirst();
    }

    private PresetChoice choose(MidiFile file) {
        if (order.preset() != null) {
            return new PresetChoice(library.named(order.preset()), "");
        }
        String to = Objects.requireNonNull(order.to(), "an order names a preset or a genre");
        boolean asks = order.from().equals(PresetChoice.AUTO);
        return PresetChoice.between(library, order.from(), to, asks ? classifier() : null, file);
    }

    private @Nullable GenreClassifier classifier() {
        if (classifier == null) {
            Optional<ModelFile> model = library.bundled().classifier();
            classifier = model.map(found -> networks.classifier(found, options)).orElse(null);
        }
        return classifier;
    }

    private static String title(Order.Job job, Preset preset) {
        return job.in().getFileName() + ", " + preset.source() + " to " + preset.target();
    }

    private void write(Order.Job job, TransferResult result, String title) throws IOException {
        makeFolderOf(job.out());
        result.file().write(job.out(), order.overwrite());
        if (job.picture().isPresent()) {
            makeFolderOf(job.picture().get());
            PianoRollPicture.write(
                    MeterMap.of(result.file()),
                    NoteComparison.of(result),
                    title,
                    job.picture().get(),
                    order.overwrite());
        }
        if (job.wav().isPresent()) {
            makeFolderOf(job.wav().get());
            WavRenderer.render(result.file(), job.wav().get(), order.soundfont(), order.overwrite());
        }
    }

    private static void makeFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }

    /** Asked before the work, so that nobody waits for a refusal. */
    private void requireFree(Order.Job job) throws IOException {
        List<Path> targets = new ArrayList<>(List.of(job.out()));
        job.picture().ifPresent(targets::add);
        job.wav().ifPresent(targets::add);
        for (Path target : targets) {
            if (Files.exists(target)) {
                if (Files.isSameFile(job.in(), target)) {
                    throw new Refusal("a file must not be written over its source: " + target);
                }
                if (!order.overwrite()) {
                    throw new FileAlreadyExistsException(target.toString());
                }
            }
        }
    }

    @Override
    public void close() {
        loaded.values().forEach(network -> network.generator().close());
        loaded.clear();
        if (classifier != null) {
            classifier.close();
            classifier = null;
        }
    }
}
