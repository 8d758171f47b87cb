package idiom.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void shouldTurnTablesIntoTables() {
        String html = Html.tables("Shares & more\n\n| a | b<c |\n|---|-----|\n| 1 |     |\nafter\n");

        assertThat(html)
                .isEqualTo("<p>Shares &amp; more</p>\n<table>\n<tr><th>a</th><th>b&lt;c</th></tr>\n"
                        + "<tr><th scope=\"row\">1</th><td></td></tr>\n</table>\n<p>after</p>\n");
    }

    @Test
    void shouldLetNoNameBecomeMarkup() {
        assertThat(Html.picture("a\"b.png", "<script>"))
                .isEqualTo("<img src=\"a&quot;b.png\" alt=\"&lt;script&gt;\" loading=\"lazy\">\n");
        assertThat(Html.heading(2, "x\"", "<b>")).isEqualTo("<h2 id=\"x&quot;\">&lt;b&gt;</h2>\n");
    }
}
