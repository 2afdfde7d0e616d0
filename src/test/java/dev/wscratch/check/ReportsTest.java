package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportsTest {
    private static final Report REPORT = new Report(
            "ws://localhost:9000/",
            List.of(
                    outcome("1.1", Stage.HANDSHAKE, Verdict.PASS, "101"),
                    outcome("2.1", Stage.TEXT, Verdict.FAIL, "text \"<script>alert('x')</script>&\u001b[2J\u0000\""),
                    outcome("2.2", Stage.TEXT, Verdict.FAIL, "nothing"),
                    outcome("8.1", Stage.CLOSE, Verdict.STRICT_FAIL, "end of TCP"),
                    outcome("8.2", Stage.CLOSE, Verdict.UNDEFINED, "close 1000"),
                    outcome("10.1", Stage.COMPRESSION, Verdict.SKIPPED, "101")));

    private static Outcome outcome(String id, Stage stage, Verdict verdict, String got) {
        String why = verdict == Verdict.PASS ? "" : "because of " + id;
        return new Outcome(
                id,
                stage.label() + "/title",
                stage,
                "title " + id,
                "RFC 6455 5.6",
                verdict,
                "81 85",
                "text \"Hello\"",
                got,
                why,
                7);
    }

    @Test
    void theSummaryCountsTellsFailsFirstAndSaysWhatIsNext() {
        List<String> lines = Summary.lines(REPORT);
        assertThat(lines)
                .contains(
                        "2 text                0      0      2          0        0",
                        "6 cases               1      1      2          1        1",
                        "fail  2.1  title 2.1  (RFC 6455 5.6)",
                        "  sent    81 85",
                        "  wanted  text \"Hello\"",
                        "  got     nothing",
                        "  why     because of 2.2",
                        "strict  8.1  title 8.1  (RFC 6455 5.6)",
                        "skipped  1 case: because of 10.1",
                        "Next: wscratch check --case 2.1 ws://localhost:9000/")
                .anyMatch(line -> line.startsWith("Stage 2 of 10, text: Read one masked text frame"));
        assertThat(lines.indexOf("fail  2.2  title 2.2  (RFC 6455 5.6)"))
                .isLessThan(lines.indexOf("strict  8.1  title 8.1  (RFC 6455 5.6)"));
    }

    private static Report skipping(String why, Verdict other) {
        Outcome skipped = new Outcome("2.1", "", Stage.TEXT, "", "", Verdict.SKIPPED, "", "", "", why, 0);
        return new Report("", List.of(skipped, new Outcome("2.2", "", Stage.TEXT, "", "", other, "", "", "", why, 0)));
    }

    @Test
    void onlyDeclinedCompressionMayBeSkipped() {
        assertThat(skipping(Finding.DECLINED, Verdict.PASS).isIncomplete()).isFalse();
        assertThat(skipping("the handshake failed", Verdict.PASS).isIncomplete())
                .isTrue();
        assertThat(skipping(Finding.DECLINED, Verdict.SKIPPED).isIncomplete()).isTrue();
    }

    @Test
    void theCountsAreWrittenAlikeInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(Summary.lines(REPORT)).contains("6 cases               1      1      2          1        1");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theJunitReportIsXmlWithASuiteForEachStageAndFailsAsFailures() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document xml = factory.newDocumentBuilder().parse(new InputSource(new StringReader(JunitReport.xml(REPORT))));
        assertThat(xml.getDocumentElement().getAttribute("tests")).isEqualTo("6");
        assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo("2");
        assertThat(xml.getElementsByTagName("testsuite").getLength()).isEqualTo(4);
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(6);
        assertThat(xml.getElementsByTagName("skipped").getLength()).isEqualTo(1);
        assertThat(xml.getElementsByTagName("failure").item(0).getTextContent())
                .contains("<script>alert('x')</script>&\uFFFD[2J\uFFFD");
    }

    @Test
    void theHtmlReportEscapesWhatAPeerSaidAndAsksForNothing() {
        String page = HtmlReport.page(REPORT);
        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&#65533;[2J")
                .contains("default-src 'none'")
                .doesNotContain("<script", "src=", "href=", "url(", "\u001b");
    }
}
