package idiom.app.engine;

import idiom.app.transfer.Failures;
import idiom.bridge.BackendException;
import idiom.bridge.plugin.RuntimeFolder;
import idiom.presets.Preset;
import idiom.presets.PresetLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Looks whether an installed plugin would play, in the order in which it would find out. [control] */
public final class PluginProbe {
    private static final String PLAYING = "2";
    private static final int SECONDS_TO_START = 20;

    private final PluginInstallation installation;
    private final PresetLibrary library;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * One thing that was looked at.
     *
     * @param name of it
     * @param what is found, and what to do about it if it is broken
     * @param isBroken whether the plugin does not play because of it
     */
    public record Finding(String name, String what, boolean isBroken) {
        /** As it is shown. */
        public String line() {
            return String.format("%s  %-8s  %s", isBroken ? "BROKEN" : "ok    ", name, what);
        }
    }

    /** Of an installation that should offer the presets of a library. */
    public PluginProbe(PluginInstallation installation, PresetLibrary library) {
        this.installation = installation;
        this.library = library;
    }

    /** Looks at everything; starts an engine if none runs, which ends by itself. */
    public List<Finding> examine() throws InterruptedException {
        bundles();
        presets();
        folder();
        if (launcher()) {
            meeting();
        }
        return List.copyOf(findings);
    }

    private void good(String name, String what) {
        findings.add(new Finding(name, what, false));
    }

    private void bad(String name, String what) {
        findings.add(new Finding(name, what, true));
    }

    private void bundles() {
        Path lv2 = installation.lv2Bundle();
        Path clap = installation.clapFile();
        boolean hasLv2 =
                Files.isRegularFile(lv2.resolve("Idiom.so")) && Files.isRegularFile(lv2.resolve("manifest.ttl"));
        boolean hasClap = Files.isRegularFile(clap);
        if (hasLv2) {
            good("LV2", lv2.toString());
        }
        if (hasClap) {
            good("CLAP", clap.toString());
        }
        if (!hasLv2 && !hasClap) {
            bad("plugin", "is neither " + lv2 + " nor " + clap + ": idiom plugin install");
        }
    }

    private void presets() {
        Path list = installation.configuration().presetList();
        try {
            List<String> listed = Files.readAllLines(list).stream()
                    .map(line -> line.split("\t", -1))
                    .filter(fields -> fields.length >= 2)
                    .map(fields -> fields[0] + " " + fields[1])
                    .sorted()
                    .toList();
            List<String> there = library.entries().stream()
                    .map(PresetLibrary.Entry::preset)
                    .map(PluginProbe::nameOf)
                    .sorted()
                    .toList();
            if (listed.equals(there)) {
                good("presets", listed.size() + " are listed");
            } else {
                bad("presets", list + " names others than there are: idiom plugin install");
            }
        } catch (IOException e) {
            bad("presets", list + " cannot be read: idiom plugin install");
        }
    }

    private static String nameOf(Preset preset) {
        return preset.program() + " " + preset.name();
    }

    private void folder() {
        try {
            good("folder", RuntimeFolder.ofSystem().path().toString());
        } catch (BackendException e) {
            bad("folder", Failures.line(e));
        }
    }

    private boolean launcher() {
        Path file = installation.configuration().engineFile();
        try {
            Optional<Path> launcher = installation.launcher();
            if (launcher.isPresent()) {
                good("engine", "is started by " + launcher.get());
                return true;
            }
            bad("engine", file + " must name a program that starts the engine: idiom plugin install");
        } catch (IOException e) {
            bad("engine", file + " cannot be read: " + e.getMessage());
        }
        return false;
    }

    /** Has the plugin's core play without a host until it is answered. */
    private void meeting() throws InterruptedException {
        Path probe = installation.probe();
        if (!Files.isExecutable(probe)) {
            bad("meeting", "cannot be tried, there is no " + probe + ": idiom plugin install");
            return;
        }
        try {
            Process host = new ProcessBuilder(probe.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var commands = host.outputWriter(StandardCharsets.UTF_8)) {
                commands.write("until " + PLAYING + " " + SECONDS_TO_START + "\nproblem\nstatus\n");
            }
            List<String> replies =
                    host.inputReader(StandardCharsets.UTF_8).lines().toList();
            host.waitFor(SECONDS_TO_START, TimeUnit.SECONDS);
            judge(replies);
        } catch (IOException e) {
            bad("meeting", probe + " does not run: " + e.getMessage());
        }
    }

    private void judge(List<String> replies) {
        if (replies.stream().anyMatch(reply -> reply.startsWith("until 1"))) {
            good("meeting", "plugin and engine have found each other, and it plays");
            return;
        }
        String status = replies.stream()
                .filter(reply -> reply.startsWith("status "))
                .map(reply -> reply.split(" ", -1)[1])
                .findFirst()
                .orElse("");
        bad(
                "meeting",
                switch (status) {
                    case "0" -> "no engine came within " + SECONDS_TO_START + " s: try 'idiom engine' in a terminal";
                    case "1" -> "the engine was still loading after " + SECONDS_TO_START + " s";
                    case "3" -> "the engine has no preset of program 0: 'idiom presets list' shows what there is";
                    default -> "plugin and engine did not find each other: " + String.join(" ", replies);
                });
    }
}
