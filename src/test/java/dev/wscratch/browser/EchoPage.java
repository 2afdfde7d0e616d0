package dev.wscratch.browser;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of {@code webapp/} as a person meets it: what it shows, and what can be done on it. */
public final class EchoPage {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Browser browser;

    /**
     * A line of the timeline.
     *
     * @param kind as in the page's model, e.g. {@code event} or {@code frame}
     * @param tone {@code sent}, {@code received}, {@code event} or {@code failure}
     * @param name the API's word, or the frame's kind, e.g. {@code onmessage}
     * @param text payload or facts
     * @param size e.g. {@code text · 5 bytes} of a message, {@code 11 B} of a frame
     */
    public record Row(String kind, String tone, String name, String text, String size) {}

    private EchoPage(Browser browser) {
        this.browser = browser;
    }

    public static EchoPage open(Browser browser, URI page) {
        browser.open(page);
        EchoPage opened = new EchoPage(browser);
        // The module has run once the state is there.
        await().atMost(DEADLINE).until(() -> !opened.state().isEmpty());
        return opened;
    }

    /** The current one of the four states. */
    public String state() {
        return browser.find("#state").getText().replaceFirst("^[○●] ", "");
    }

    public EchoPage awaitState(String state) {
        await("state " + state).atMost(DEADLINE).until(() -> state().equals(state));
        return this;
    }

    public String url() {
        return String.valueOf(browser.find("#url").getDomProperty("value"));
    }

    public EchoPage connectTo(String address) {
        fill("#url", address);
        browser.find("#connect").click();
        return this;
    }

    public EchoPage connectOrDisconnect() {
        browser.find("#connect").click();
        return this;
    }

    /** Opens a tab of the composer or of the dock by the end of its id, e.g. {@code ping}. */
    public EchoPage tab(String name) {
        browser.find("#tab-" + name).click();
        return this;
    }

    /** Opens the tab of the talk form, which is loaded then. */
    public EchoPage talk() {
        tab("talk");
        await("the talk form")
                .atMost(DEADLINE)
                .until(() -> browser.find("#talk-form").getDomAttribute("inert") == null);
        return this;
    }

    public EchoPage send(String text) {
        tab("text");
        fill("#message", text);
        browser.find("#message").sendKeys(Keys.ENTER);
        return this;
    }

    /** Sends the bytes that hex pairs stand for. */
    public EchoPage sendBinary(String hex) {
        tab("binary");
        fill("#hex", hex);
        browser.find("#hex").sendKeys(Keys.ENTER);
        return this;
    }

    public EchoPage close(String code, String reason) {
        tab("close");
        fill("#code", code);
        fill("#reason", reason);
        browser.find("#close-form .primary").click();
        return this;
    }

    public EchoPage fill(String selector, String text) {
        WebElement field = browser.find(selector);
        field.clear();
        field.sendKeys(text);
        return this;
    }

    /** What the page says is wrong with a field: {@code url}, {@code message}, {@code hex}, {@code code} and so on. */
    public String problem(String field) {
        return browser.find("#" + field + "-problem").getText();
    }

    /** The lines of the timeline in view, oldest first. */
    @SuppressWarnings("unchecked") // the script returns a list of maps of strings
    public List<Row> rows() {
        Object rows = browser.run(
                """
                return Array.from(document.querySelectorAll('#rows .row'), row => {
                  const text = part => row.querySelector(part)?.textContent ?? '';
                  return { kind: row.classList[2].slice(3), tone: row.classList[1], name: text('.name'), text: text('.text'),
                           size: text('.size') };
                });
                """);
        return ((List<Map<String, String>>) Objects.requireNonNull(rows))
                .stream()
                        .map(row -> new Row(
                                row.get("kind"), row.get("tone"), row.get("name"), row.get("text"), row.get("size")))
                        .toList();
    }

    /** The lines of what the API told. */
    public List<Row> events() {
        return rows().stream().filter(row -> row.kind().equals("event")).toList();
    }

    /** The lines of frames. */
    public List<Row> frames() {
        return rows().stream().filter(row -> row.kind().equals("frame")).toList();
    }

    /** Waits for a line with this name and text. */
    public Row awaitRow(String name, String text) {
        return awaitRow(
                "row " + name + " " + text,
                row -> row.name().equals(name) && row.text().equals(text));
    }

    /** Waits for the event of a text message. */
    public Row awaitMessage(String text) {
        return awaitRow("onmessage", quoted(text));
    }

    /** Waits for the end of the first connection, and gives its line. */
    public Row awaitEnd() {
        return awaitRow("onclose", row -> row.name().equals("onclose"));
    }

    /** Chooses the newest line of this name, and gives what the page says of it. */
    public String explanation(String name) {
        browser.run(
                """
                const rows = Array.from(document.querySelectorAll('#rows .row'));
                rows.findLast(row => row.querySelector('.name').textContent === arguments[0]).click();
                """,
                name);
        return await("what the page says of " + name)
                .atMost(DEADLINE)
                .until(() -> browser.find("#detail").getText(), said -> said.startsWith(name + "\n"));
    }

    /** What the page says went wrong; waits for it. */
    public String diagnosis() {
        return await("a diagnosis")
                .atMost(DEADLINE)
                .until(() -> browser.find("#diagnosis").getText(), said -> !said.isEmpty());
    }

    /** As the timeline shows a text. */
    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    public Row awaitRow(String what, Predicate<Row> condition) {
        return await(what)
                .atMost(DEADLINE)
                .until(() -> rows().stream().filter(condition).findFirst(), Optional::isPresent)
                .orElseThrow();
    }
}
