package idiom.bridge.priority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SchedulerTest {

    /** Runs on a thread of its own, so that no other test inherits what it changes. */
    private static <T> T elsewhere(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        thread.start();
        return task.get();
    }

    /** Policy of the calling thread: field 41 of its stat; 1 is SCHED_FIFO. */
    private static int policy() throws IOException {
        return stat(41);
    }

    /** Realtime priority of the calling thread: field 40. */
    private static int priority() throws IOException {
        return stat(40);
    }

    private static int stat(int field) throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"), StandardCharsets.UTF_8);
        // The second field is a name in brackets, in which there may be blanks.
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[field - 3]);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRunFirstOrSayWhatToDo() throws Exception {
        elsewhere(() -> {
            assertThat(policy()).isZero();
            Optional<String> refusal = Scheduler.ofSystem().runFirst();

            if (refusal.isEmpty()) {
                assertThat(policy()).isEqualTo(1);
            } else {
                assertThat(policy()).isZero();
                assertThat(refusal.get())
                        .isEqualTo("no realtime priority, this user may not have it: put '@audio - rtprio 95' into"
                                + " /etc/security/limits.d/audio.conf, be in the group audio (adduser $USER audio),"
                                + " log in again");
            }
            return null;
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRunSecondBehindWhatRunsFirst() throws Exception {
        int first = elsewhere(() -> Scheduler.ofSystem().runFirst().isEmpty() ? priority() : 0);
        int second = elsewhere(() -> Scheduler.ofSystem().runSecond().isEmpty() ? priority() : 0);

        // Where this user may have no realtime priority, both are 0.
        assertThat(second).isEqualTo(Math.max(0, first - 1));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSayWhatTheKernelRefuses() throws Exception {
        // EINVAL: 99 is the highest there is.
        assertThat(elsewhere(() -> new LinuxScheduler(100).runFirst()))
                .contains("no realtime priority, the kernel refuses it: priority=100, errno=22");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNotLetTheKernelBundleTimers() throws Exception {
        elsewhere(() -> {
            Scheduler.ofSystem().wakePrecisely();

            Path self = Files.readSymbolicLink(Path.of("/proc/thread-self"));
            assertThat(Files.readString(Path.of("/proc", self.getFileName().toString(), "timerslack_ns")))
                    .isEqualTo("1\n");
            return null;
        });
    }

    @Test
    void shouldRefuseOnOtherSystems() {
        assertThat(new NoScheduler().runFirst())
                .contains("realtime priority is there on Linux only: os.name=" + System.getProperty("os.name"));
    }
}
