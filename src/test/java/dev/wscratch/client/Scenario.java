package dev.wscratch.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A short life of a WebSocket, which a browser and our client both live.
 *
 * @param path on the server of the test
 * @param protocols to offer
 * @param script what to do when, {@code when: command; command | when: command}. When: {@code now}, right after the
 *     constructor; {@code open}, {@code error}, {@code close}; {@code message}, at each, or {@code message 2}, at the
 *     second. Commands: {@code send text}, {@code repeat n text}, {@code binary hex}, {@code close code reason}, {@code
 *     buffered}, which writes bufferedAmount down; {@code set name}, {@code unset}, {@code add name}, {@code remove
 *     name} for the attribute and the listeners of messages. Half a surrogate pair is written as in Java's source
 * @param difference why the logs differ, or null if they must not
 * @param browser the browser's log where it differs
 * @param ours our log where it differs
 */
record Scenario(
        String path,
        List<String> protocols,
        String script,
        @Nullable String difference,
        List<String> browser,
        List<String> ours) {
    static Scenario of(String path, String script) {
        return new Scenario(path, List.of(), script, null, List.of(), List.of());
    }

    Scenario offering(String... offered) {
        return new Scenario(path, List.of(offered), script, difference, browser, ours);
    }

    Scenario differs(String why, List<String> inTheBrowser, List<String> here) {
        return new Scenario(path, protocols, script, why, inTheBrowser, here);
    }

    String name() {
        return path + (protocols.isEmpty() ? "" : " " + protocols) + (script.isEmpty() ? "" : " " + script);
    }
}
