package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Requires;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * An installed Chromium with a profile of its own, which chromedriver makes and removes. It reaches loopback only.
 *
 * <p>{@link #close} ends it and fails when a page complained on the console, be it of an error or of a breach of its
 * Content-Security-Policy, unless the test expected that.
 */
public final class Browser implements AutoCloseable {
    /** Held, or the level set below would be lost with it. */
    private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

    static {
        // Warns of each Chromium newer than Selenium's own copies of the protocol, of which none is used here.
        DEVTOOLS.setLevel(Level.SEVERE);
    }

    private final ChromeDriver driver;
    private final List<String> complaints = new ArrayList<>();

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts a browser; the test is skipped, or fails in CI, where there is none.
     *
     * @param more of its command line
     */
    public static Browser start(String... more) {
        return start(Map.of(), more);
    }

    /** Starts a browser whose owner lets no page run scripts; see {@link #start(String...)}. */
    public static Browser startWithoutScripts() {
        return start(Map.of("profile.managed_default_content_settings.javascript", 2));
    }

    private static Browser start(Map<String, Object> preferences, String... more) {
        ChromeOptions options = new ChromeOptions()
                .setBinary(Requires.program("CHROMIUM", "chromium", "chromium-browser", "google-chrome")
                        .toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--no-first-run",
                        "--window-size=1280,900",
                        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost")
                .addArguments(more)
                .setExperimentalOption("prefs", preferences);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        // Naming the driver keeps Selenium from looking for one on the network.
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(
                        Requires.program("CHROMEDRIVER", "chromedriver").toFile())
                .usingAnyFreePort()
                .withLogOutput(OutputStream.nullOutputStream())
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    public void open(URI page) {
        driver.get(page.toString());
    }

    /** Opens a page whose own scripts do not run: for what its files can do by themselves, called by {@link #run}. */
    public void openWithoutScripts(URI page) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        open(page);
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
    }

    /** The size of the page's view in CSS pixels; also narrower than a desktop window can be. */
    public void viewport(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    /** What the person prefers: {@code light} or {@code dark}. */
    public void colours(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Where files go that pages offer for download. */
    public void downloadTo(Path folder) {
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    /** {@code print} shows the page as on paper, the empty string as on the screen. */
    public void media(String media) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", media));
    }

    public WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** The element that has the focus. */
    public WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Types into whatever has the focus; keys that belong together come from {@code Keys.chord}. */
    public void press(CharSequence... keys) {
        focused().sendKeys(keys);
    }

    /** Forgets what the page has kept in the browser, as on a first visit. */
    public void forget(URI page) {
        String origin = page.getScheme() + "://" + page.getAuthority();
        driver.executeCdpCommand(
                "Storage.clearDataForOrigin", Map.of("origin", origin, "storageTypes", "local_storage"));
    }

    /** What the page asks for at addresses with these parts does not come; no part at all lets everything through. */
    public void block(List<String> addresses) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", addresses));
    }

    /** Runs a function body in the page, as the developer's console would. */
    public @Nullable Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /**
     * What the page holds.
     *
     * @param heap bytes of its JavaScript heap
     * @param nodes of its documents, and those that scripts still hold
     * @param listeners of events
     */
    public record Held(long heap, long nodes, long listeners) {}

    /** What the page holds after a collection of what it no longer needs. */
    public Held held() {
        driver.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
        Map<String, Object> heap = driver.executeCdpCommand("Runtime.getHeapUsage", Map.of());
        Map<String, Object> counters = driver.executeCdpCommand("Memory.getDOMCounters", Map.of());
        return new Held(number(heap, "usedSize"), number(counters, "nodes"), number(counters, "jsEventListeners"));
    }

    private static long number(Map<String, Object> answer, String name) {
        return ((Number) Objects.requireNonNull(answer.get(name), name)).longValue();
    }

    /** What pages have said on the console as warning or error so far, oldest first. */
    public List<String> complaints() {
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                complaints.add(entry.getLevel() + " " + entry.getMessage());
            }
        }
        return List.copyOf(complaints);
    }

    /** Says that a complaint with this text must have come by now; it does not count against the page. */
    public void expectComplaint(String part) {
        assertThat(complaints()).as("complaints on the console").anyMatch(complaint -> complaint.contains(part));
        complaints.removeIf(complaint -> complaint.contains(part));
    }

    /** Fails when a page complained, except of what was expected. */
    public void assertNoComplaint() {
        List<String> found = complaints();
        complaints.clear();
        assertThat(found).as("complaints on the console").isEmpty();
    }

    @Override
    public void close() {
        try {
            assertNoComplaint();
        } finally {
            driver.quit();
        }
    }
}
