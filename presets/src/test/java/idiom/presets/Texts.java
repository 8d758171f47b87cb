package idiom.presets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Preset texts and made-up models for tests. */
final class Texts {
    static final String MODEL = "a made-up model";
    /** sha256sum of {@link #MODEL}. */
    static final String SHA256 = "433247c39fa0a13a8cd14cc836f5c5bb900f052af0e0e3d74865e0977466ec6b";

    static final String MINIMAL = """
            format = 1
            name = "my-jazz"
            program = 9
            source = "pop"
            target = "jazz"

            [model]
            file = "my-jazz.onnx"
            sha256 = "%s"
            """.formatted(SHA256);

    static final String FULL = MINIMAL + """

            [live]
            mode = "follow"
            hop = "beat"

            [decoding]
            threshold = 0.4
            mix = 1
            melody-lock = true
            key-lock = true
            keep-key = true
            density-limit = 1.5

            [decoding.range]
            low = 36
            high = 96

            [feel]
            swing = 0.62
            delay-steps = 0.1
            velocity-scale = 0.9
            accent = 6

            [output]
            channel = 2   # on screen; 1 inside
            program = 26

            [provenance]
            zebra = "first"
            "data set" = "jazz \\"2018\\" # not a comment"
            seed = 7
            strength = 0.31
            flagged = false
            """;

    private Texts() {}

    /** Writes a preset text and the made-up model beside it. */
    static Path write(Path folder, String fileName, String text) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("my-jazz.onnx"), MODEL);
        return Files.writeString(folder.resolve(fileName), text);
    }
}
