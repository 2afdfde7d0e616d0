package dev.wscratch.check;

import java.util.Locale;

/** A report as JUnit XML: a suite for each stage; fails are failures, what was skipped is skipped. */
public final class JunitReport {
    private JunitReport() {}

    /** {@return an XML document in ASCII} */
    public static String xml(Report report) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append(String.format(
                Locale.ROOT,
                "<testsuites name=\"%s\" tests=\"%d\" failures=\"%d\" skipped=\"%d\" time=\"%.3f\">%n",
                Markup.escape(report.target()),
                report.outcomes().size(),
                report.count(Verdict.FAIL),
                report.count(Verdict.SKIPPED),
                report.millis() / 1e3));
        for (Stage stage : Stage.values()) {
            suite(report, stage, xml);
        }
        return xml.append("</testsuites>\n").toString();
    }

    private static void suite(Report report, Stage stage, StringBuilder xml) {
        if (report.of(stage).isEmpty()) {
            return;
        }
        xml.append(String.format(
                Locale.ROOT,
                "  <testsuite name=\"%d %s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\">%n",
                stage.number(),
                stage.label(),
                report.of(stage).size(),
                report.count(stage, Verdict.FAIL),
                report.count(stage, Verdict.SKIPPED)));
        report.of(stage).forEach(one -> test(one, xml));
        xml.append("  </testsuite>\n");
    }

    private static void test(Outcome one, StringBuilder xml) {
        xml.append(String.format(
                Locale.ROOT,
                "    <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\">%n",
                one.stage().label(),
                Markup.escape(one.name()),
                one.millis() / 1e3));
        String told = one.id() + " " + one.title() + "\nsent " + one.sent() + "\nwanted " + one.wanted() + "\ngot "
                + one.got() + "\n" + one.section();
        switch (one.verdict()) {
            case FAIL ->
                xml.append("      <failure message=\"")
                        .append(Markup.escape(one.why()))
                        .append("\">")
                        .append(Markup.escape(told))
                        .append("</failure>\n");
            case SKIPPED ->
                xml.append("      <skipped message=\"")
                        .append(Markup.escape(one.why()))
                        .append("\"/>\n");
            case STRICT_FAIL, UNDEFINED ->
                xml.append("      <system-out>")
                        .append(Markup.escape(one.verdict().label() + ": " + one.why() + "\n" + told))
                        .append("</system-out>\n");
            case PASS -> {}
        }
        xml.append("    </testcase>\n");
    }
}
