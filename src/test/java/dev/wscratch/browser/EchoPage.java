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
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Browser browser;

    /**
     * A row of the log.
     *
     * @param name the API's word, e.g. {@code onmessage}
     * @param text payload or facts
     * @param note explanation
     * @param size of a message, e.g. {@code text · 5 bytes}
     */
    public record Row(String side, String name, String text, String note, String size) {}

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
        return String.valueOf(
                browser.run("return document.querySelector('#states [aria-current=true]')?.textContent ?? ''"));
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

    public EchoPage send(String text) {
        fill("#message", text);
        browser.find("#message").sendKeys(Keys.ENTER);
        return this;
    }

    /** Sends the bytes that hex pairs stand for. */
    public EchoPage sendBinary(String hex) {
        browser.find("[name=kind][value=binary]").click();
        return send(hex);
    }

    public EchoPage close(String code, String reason) {
        fill("#code", code);
        fill("#reason", reason);
        browser.find("#close-form button").click();
        return this;
    }

    /** What the page says is wrong with a field: {@code url}, {@code message}, {@code code} or {@code reason}. */
    public String problem(String field) {
        return browser.find("#" + field + "-problem").getText();
    }

    /** The rows of the log, oldest first. */
    @SuppressWarnings("unchecked") // the script returns a list of maps of strings
    public List<Row> rows() {
        Object rows = browser.run(
                """
                return Array.from(document.querySelectorAll('#rows .row'), row => {
                  const text = part => row.querySelector(part)?.textContent ?? '';
                  return { side: row.classList[1], name: text('.name'), text: text('.text'), note: text('.explained'),
                           size: text('.size') };
                });
                """);
        return ((List<Map<String, String>>) Objects.requireNonNull(rows))
                .stream()
                        .map(row -> new Row(
                                row.get("side"), row.get("name"), row.get("text"), row.get("note"), row.get("size")))
                        .toList();
    }

    /** Waits for a row with this name and text. */
    public Row awaitRow(String name, String text) {
        return awaitRow(
                "row " + name + " " + text,
                row -> row.name().equals(name) && row.text().equals(text));
    }

    /** Waits for the end of the first connection, and gives its row. */
    public Row awaitEnd() {
        return awaitRow("onclose", row -> row.name().equals("onclose"));
    }

    private Row awaitRow(String what, Predicate<Row> condition) {
        return await(what)
                .atMost(DEADLINE)
                .until(() -> rows().stream().filter(condition).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private void fill(String selector, String text) {
        WebElement field = browser.find(selector);
        field.clear();
        field.sendKeys(text);
    }
}
