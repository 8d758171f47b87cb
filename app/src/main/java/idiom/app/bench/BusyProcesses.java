package idiom.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes that do nothing but keep a core busy each, until they are closed or this program is no more. */
final class BusyProcesses implements AutoCloseable {
    private final List<Process> processes = new ArrayList<>();

    private BusyProcesses() {}

    /** Starts {@code count} of them; needs {@code sh}. */
    static BusyProcesses start(int count) throws IOException {
        BusyProcesses busy = new BusyProcesses();
        try {
            for (int i = 0; i < count; i++) {
                busy.processes.add(new ProcessBuilder("sh", "-c", loop())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
            }
            return busy;
        } catch (IOException e) {
            busy.close();
            throw new IOException("no busy processes could be started, for which sh is needed: " + e.getMessage(), e);
        }
    }

    /** Looks now and then whether this program is still there. */
    private static String loop() {
        return "while kill -0 " + ProcessHandle.current().pid()
                + " 2>/dev/null; do i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; done";
    }

    /** How many still run. */
    int running() {
        return (int) processes.stream().filter(Process::isAlive).count();
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        for (Process process : processes) {
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
