package idiom.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StartUpTest {
    @Test
    void shouldSayWhatIsReachedAndWhen() {
        StringWriter out = new StringWriter();
        long before = System.currentTimeMillis();
        new StartUp(new PrintWriter(out)).reached("warm");

        assertThat(out.toString().strip())
                .matches("\\{\"event\":\"warm\",\"ms\":\\d+,\"at\":\\d+(,\"resident_mb\":\\d+)?}");
        assertThat(Long.parseLong(out.toString().replaceAll("(?s).*\"at\":(\\d+).*", "$1")))
                .isBetween(before, System.currentTimeMillis());
    }

    @Test
    void shouldKeepQuietIfNobodyAsks() {
        new StartUp(null).reached("warm");
        assertThat(StartUp.residentMb()).isNotNegative();
    }
}
