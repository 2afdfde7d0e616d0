package dev.wscratch.check;

/** A report as one HTML page that asks for nothing from anywhere. */
public final class HtmlReport {
    private static final String START =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width">
            <title>wscratch check</title>
            <style>
            :root { color-scheme: light dark; font-family: system-ui, sans-serif; }
            body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
            table { border-collapse: collapse; }
            td, th { border-bottom: 1px solid #8884; padding: .2rem .8rem; text-align: right; }
            th:first-child, td:first-child { text-align: left; }
            details { border-left: .3rem solid #8884; margin: .2rem 0; padding: .1rem .6rem; }
            .fail { border-color: #c33; } .strict { border-color: #c80; } .pass { border-color: #393; }
            dd { font-family: monospace; overflow-wrap: anywhere; }
            </style>
            </head>
            <body>
            """;

    private HtmlReport() {}

    /** {@return a page in ASCII; everything of a peer's is escaped} */
    public static String page(Report report) {
        StringBuilder page = new StringBuilder(START);
        page.append("<h1>").append(Markup.escape(report.target())).append("</h1>\n<table>\n<tr><th>stage</th>");
        for (Verdict verdict : Verdict.values()) {
            page.append("<th>").append(verdict.label()).append("</th>");
        }
        page.append("</tr>\n");
        for (Stage stage : Stage.values()) {
            if (!report.of(stage).isEmpty()) {
                row(report, stage, page);
            }
        }
        page.append("</table>\n");
        for (Stage stage : Stage.values()) {
            if (!report.of(stage).isEmpty()) {
                page.append(heading(stage))
                        .append("<p>")
                        .append(Markup.escape(stage.advice()))
                        .append("</p>\n");
                report.of(stage).forEach(one -> details(one, page));
            }
        }
        return page.append("</body>\n</html>\n").toString();
    }

    private static String heading(Stage stage) {
        return "<h2>" + stage.number() + " " + stage.label() + "</h2>\n";
    }

    private static void row(Report report, Stage stage, StringBuilder page) {
        page.append("<tr><td>")
                .append(stage.number())
                .append(' ')
                .append(stage.label())
                .append("</td>");
        for (Verdict verdict : Verdict.values()) {
            page.append("<td>").append(report.count(stage, verdict)).append("</td>");
        }
        page.append("</tr>\n");
    }

    private static void details(Outcome one, StringBuilder page) {
        page.append("<details class=\"")
                .append(one.verdict().label())
                .append(one.verdict() == Verdict.FAIL ? "\" open>" : "\">")
                .append("<summary>")
                .append(one.verdict().label())
                .append(' ')
                .append(Markup.escape(one.id() + " " + one.title()))
                .append("</summary><dl>");
        term("RFC", one.section(), page);
        term("sent", one.sent(), page);
        term("wanted", one.wanted(), page);
        term("got", one.got(), page);
        term("why", one.why(), page);
        page.append("</dl></details>\n");
    }

    private static void term(String name, String value, StringBuilder page) {
        if (!value.isEmpty()) {
            page.append("<dt>")
                    .append(name)
                    .append("</dt><dd>")
                    .append(Markup.escape(value))
                    .append("</dd>");
        }
    }
}
