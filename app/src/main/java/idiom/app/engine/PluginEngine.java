package idiom.app.engine;

import idiom.app.transfer.Networks;
import idiom.app.transfer.Refusal;
import idiom.bridge.BackendException;
import idiom.bridge.LiveAgent;
import idiom.bridge.plugin.PluginDevice;
import idiom.bridge.plugin.PluginInstance;
import idiom.bridge.plugin.Plugins;
import idiom.bridge.plugin.RuntimeFolder;
import idiom.presets.PresetLibrary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves all plugins of one user: each gets a session of its own, all of them one thread for the music and one for the
 * networks. [control]
 */
public final class PluginEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginEngine.class);
    /** A host may be killed at any time; nobody waits for the engine to notice. */
    private static final int LOOKS_BETWEEN_DEPARTURES = 25;

    private final Plugins plugins;
    private final Repertoire repertoire;
    private final LiveAgent agent;
    private final Map<PluginInstance, Seat> seats = new HashMap<>();
    private int looks;

    /** A plugin that has accepted, or not yet, and what plays for it. */
    private static final class Seat {
        Optional<PluginPlayer> player = Optional.empty();
        Optional<SongKeeper> songs = Optional.empty();
    }

    /**
     * Loads all presets and begins to serve.
     *
     * @throws idiom.app.transfer.Refusal if there is no preset
     */
    public PluginEngine(RuntimeFolder folder, PresetLibrary library, Networks networks, boolean isRealtime) {
        this.plugins = new Plugins(folder);
        this.repertoire = new Repertoire(library, networks);
        if (repertoire.presets().isEmpty()) {
            repertoire.close();
            throw new Refusal("there is no preset that can be played: 'idiom doctor' says why");
        }
        this.agent = new LiveAgent(List.of(), isRealtime);
        agent.start();
    }

    /** Looks who has come, who has gone and who wants something; to be called some fifty times a second. */
    public void look() throws BackendException {
        for (PluginInstance instance : plugins.arrivals()) {
            LOG.info("{} has come", instance.name());
            seats.put(instance, new Seat());
        }
        seats.forEach(this::tend);
        if (++looks % LOOKS_BETWEEN_DEPARTURES == 0) {
            for (PluginInstance instance : plugins.departures()) {
                LOG.info("{} has gone", instance.name());
                letGo(instance);
            }
        }
    }

    private void tend(PluginInstance instance, Seat seat) {
        Optional<PluginDevice> device = instance.device();
        if (device.isEmpty()) {
            return;
        }
        if (seat.player.isEmpty()) {
            PluginPlayer player = new PluginPlayer(device.get(), repertoire, agent);
            SongKeeper songs = new SongKeeper(device.get());
            songs.restored().ifPresent(song -> agent.command(() -> player.song(song)));
            seat.player = Optional.of(player);
            seat.songs = Optional.of(songs);
        }
        PluginPlayer player = seat.player.orElseThrow();
        agent.command(player::tend);
        seat.songs.orElseThrow().tend(player, agent);
    }

    private void letGo(PluginInstance instance) {
        Seat seat = seats.remove(instance);
        if (seat != null && seat.player.isPresent()) {
            seat.player.get().leave(instance::close);
        } else {
            instance.close();
        }
    }

    /** How many plugins there are. */
    public int plugins() {
        return plugins.size();
    }

    /** Whether all networks are warm. [any] */
    public boolean isWarm() {
        return repertoire.isWarm();
    }

    /** Writes down what was learnt, leaves all plugins, who pass notes through from then on, and ends the threads. */
    @Override
    public void close() {
        seats.values()
                .forEach(seat ->
                        seat.player.ifPresent(player -> seat.songs.orElseThrow().keep(player, agent)));
        agent.close();
        seats.values().forEach(seat -> seat.songs.ifPresent(SongKeeper::close));
        plugins.close();
        repertoire.close();
    }
}
