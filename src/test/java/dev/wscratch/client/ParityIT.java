package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.browser.Browser;
import dev.wscratch.server.WscratchServer;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Chromium and our client live the same lives at the same server; what they write down is equal, or a listed difference. */
@Timeout(180)
class ParityIT {
    @Test
    void bothWriteDownTheSameButForTheListedDifferences() throws Exception {
        List<String> unexpected = new ArrayList<>();
        StringBuilder table = new StringBuilder();
        try (WscratchServer server =
                WscratchServer.builder().port(0).faults(true).start()) {
            List<List<String>> theirs = chromium(server);
            for (int i = 0; i < Scenarios.ALL.size(); i++) {
                Scenario scenario = Scenarios.ALL.get(i);
                List<String> ours = OwnLife.live(scenario, url(server, scenario));
                table.append(scenario.name()).append("\n  browser ").append(theirs.get(i));
                table.append("\n  ours    ").append(ours).append('\n');
                boolean same = scenario.difference() == null;
                boolean right = same
                        ? ours.equals(theirs.get(i))
                        : ours.equals(scenario.ours()) && theirs.get(i).equals(scenario.browser());
                if (!right) {
                    unexpected.add(scenario.name() + "\n  browser " + theirs.get(i) + "\n  ours    " + ours);
                }
            }
        }
        Files.writeString(Path.of("target", "parity.txt"), table);
        assertThat(unexpected).as("logs that differ in another way than listed").isEmpty();
    }

    private static String url(WscratchServer server, Scenario scenario) {
        URI root = server.uri("/");
        return root.getScheme() + "://" + root.getAuthority() + scenario.path();
    }

    private static List<List<String>> chromium(WscratchServer server) throws Exception {
        Object[] lives = Scenarios.ALL.stream()
                .map(scenario -> List.of(url(server, scenario), scenario.protocols(), scenario.script()))
                .toArray();
        try (Browser browser = Browser.start()) {
            browser.open(URI.create(server.page() + "?auto=0"));
            browser.run(script(), List.of(lives));
            Awaitility.await("every life lived")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> Boolean.TRUE.equals(browser.run("return window.lives.every(life => life.over)")));
            browser.expectComplaint("WebSocket connection to");
            browser.expectComplaint("WebSocket is already in CLOSING or CLOSED state");
            List<List<String>> logs = new ArrayList<>();
            for (Object log :
                    (List<?>) Objects.requireNonNull(browser.run("return window.lives.map(life => life.log)"))) {
                logs.add(((List<?>) log).stream().map(String::valueOf).toList());
            }
            return logs;
        }
    }

    private static String script() throws Exception {
        try (InputStream file = ParityIT.class.getResourceAsStream("parity.js")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void bothReadUrlsAlike() {
        Map<String, String> ours = new LinkedHashMap<>();
        WebSocketUrlTest.GOOD.keySet().forEach(url -> ours.put(url, ownUrl(url)));
        WebSocketUrlTest.BAD.forEach(url -> ours.put(url, ownUrl(url)));
        try (Browser browser = Browser.start()) {
            browser.open(URI.create("about:blank"));
            Object theirs = browser.run(
                    """
                    return arguments[0].map(text => {
                      try {
                        const socket = new WebSocket(text);
                        socket.close();
                        return socket.url;
                      } catch (error) {
                        return error.name;
                      }
                    });
                    """,
                    new ArrayList<>(ours.keySet()));
            browser.expectComplaint("WebSocket");
            assertThat((List<?>) theirs).hasSize(ours.size());
            Map<String, String> different = new LinkedHashMap<>();
            int i = 0;
            for (Map.Entry<String, String> url : ours.entrySet()) {
                String read = String.valueOf(((List<?>) theirs).get(i++));
                if (!read.equals(url.getValue())) {
                    different.put(url.getKey(), read);
                }
            }
            assertThat(different).isEqualTo(Scenarios.URLS_IN_CHROMIUM);
        }
    }

    private static String ownUrl(String url) {
        try {
            return WebSocketUrl.parse(url).href();
        } catch (IllegalArgumentException e) {
            return "SyntaxError";
        }
    }
}
