package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The page's lessons as a learner meets them: the drawer with one lesson in it. */
public final class LessonPage {
    /** The slowest action polls for five seconds, or waits for a server that gives up. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(50);

    private final Browser browser;

    private LessonPage(Browser browser) {
        this.browser = browser;
    }

    /** Loads the page anew, at this lesson, and waits until its automatic connection has been shown. */
    public static LessonPage open(Browser browser, URI page, int lesson) {
        return open(browser, page.resolve("#/lesson/" + lesson)).awaitHeading(lesson);
    }

    public static LessonPage open(Browser browser, URI page) {
        // Another fragment alone would not load the page again.
        browser.open(URI.create("about:blank"));
        browser.open(page);
        return new LessonPage(browser);
    }

    public LessonPage awaitHeading(int lesson) {
        await("lesson " + lesson).atMost(DEADLINE).pollInterval(POLL).until(() -> text("#lesson-heading")
                .startsWith(lesson + ". "));
        return this;
    }

    /** Presses the button with this label, and waits until its action has ended. */
    public LessonPage press(String label) {
        assertThat(browser.run(
                        """
                        const made = [...document.querySelectorAll('#lessons button')].find(b => b.textContent === arguments[0]);
                        made?.click();
                        return made !== undefined;
                        """,
                        label))
                .as("a button " + label)
                .isEqualTo(true);
        await(label)
                .atMost(DEADLINE)
                .pollInterval(POLL)
                .until(() -> Boolean.FALSE.equals(
                        browser.run("return document.querySelector('#lessons [aria-disabled=true]') !== null")));
        assertThat(text("#lessons .lesson .problem"))
                .as("problem after " + label)
                .isEmpty();
        return this;
    }

    /** Waits until so many steps of the lesson were seen. */
    public LessonPage awaitSeen(int steps) {
        await(steps + " steps seen").atMost(DEADLINE).pollInterval(POLL).until(() -> seen().size() == steps);
        return this;
    }

    /** Waits until so many steps were seen, and goes on waiting a little for one more, which must not come. */
    public LessonPage awaitNoMoreThan(int steps) {
        awaitSeen(steps);
        await("no more than " + steps + " steps seen")
                .during(Duration.ofMillis(400))
                .atMost(DEADLINE)
                .pollInterval(POLL)
                .until(() -> seen().size() == steps);
        return this;
    }

    /** Waits until the lesson is done, which shows what it was about. */
    public LessonPage awaitDone() {
        await("done; seen: " + seen()).atMost(DEADLINE).pollInterval(POLL).until(this::isDone);
        return this;
    }

    public boolean isDone() {
        return Boolean.FALSE.equals(browser.run("return document.querySelector('#lessons .after')?.hidden ?? true"));
    }

    /** The lines of the steps that were seen, as text. */
    @SuppressWarnings("unchecked") // the script returns a list of strings
    public List<String> seen() {
        return (List<String>)
                Objects.requireNonNull(
                        browser.run(
                                "return Array.from(document.querySelectorAll('#lessons .seen [data-state=seen]'), l => l.textContent)"));
    }

    /** Such as {@code 3 of 20 done}. */
    public String count() {
        return text("#lessons .count");
    }

    public String text(String selector) {
        return String.valueOf(browser.run("return document.querySelector(arguments[0])?.textContent ?? ''", selector));
    }
}
