package dev.wscratch.fault;

import dev.wscratch.wire.Handshake;
import dev.wscratch.wire.PeerText;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of all faults, and what a request for one of them gets. */
public final class Faults {
    /** Below which the faults live; the table itself is there. */
    public static final String PATH = "/fault";

    private static final List<Fault> ALL = Stream.of(
                    HandshakeFaults.all(),
                    FrameFaults.all(),
                    EndFaults.all(),
                    LivenessFaults.all(),
                    EchoFaults.all(),
                    DeflateFaults.all())
            .flatMap(List::stream)
            .toList();

    private static final Map<String, Fault> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Fault::id, Function.identity()));

    /** Short names that people try, with what they stand for. */
    private static final Map<String, String> ALIASES =
            Map.of("opcode3", "opcode/3", "big-ping", "big-control/ping", "no-accept", "missing-header/accept");

    /** What a request is answered with. */
    public sealed interface Answer {}

    /**
     * The fault is there and its parameters are right.
     *
     * @param summary what it does, for a person
     */
    public record Playable(String summary, Playwright playwright) implements Answer {}

    /**
     * It is not there, or they are not.
     *
     * @param status 400 or 404
     * @param text says what was expected
     */
    public record Refused(int status, String text) implements Answer, Plan {}

    /** What a handshake gets: a {@link Script}, or a refusal when the client does not offer what the fault needs. */
    public sealed interface Plan permits Script, Refused {}

    /** Makes a plan for a handshake. */
    @FunctionalInterface
    public interface Playwright {
        /**
         * Makes the plan.
         *
         * @param request a good handshake
         * @return what to play
         */
        Plan plan(Handshake.Accepted request);
    }

    private Faults() {}

    static List<Fault> all() {
        return ALL;
    }

    /**
     * Whether a path is below {@link #PATH}.
     *
     * @param path of a request
     * @return true also for the table itself
     */
    public static boolean owns(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    /**
     * Finds the fault that a path names, and reads its parameters.
     *
     * @param path that begins with {@code /fault/}, percent-encoded
     * @param query percent-encoded, or null
     * @return how to play it, or why not
     */
    public static Answer answer(String path, @Nullable String query) {
        String rest = path.length() > PATH.length() ? path.substring(PATH.length() + 1) : "";
        List<String> segments = List.of(ALIASES.getOrDefault(rest, rest).split("/", -1));
        Fault fault = BY_ID.get(segments.get(0));
        if (fault == null) {
            return new Refused(
                    404,
                    "expected /fault/ and one of " + ALL.stream().map(Fault::id).collect(Collectors.joining(", "))
                            + "; got \"" + PeerText.escape(rest, 60) + "\". GET /fault describes them.\n");
        }
        try {
            Arguments arguments = Arguments.parse(fault.parameters(), segments.subList(1, segments.size()), query);
            String summary = fault.url() + "\n" + fault.does() + "\nA client must: " + fault.client() + " ("
                    + fault.section() + ")\nTry: " + fault.attempt() + "\n";
            return new Playable(summary, request -> plan(fault, request, arguments));
        } catch (BadArgumentException e) {
            return refused(fault, e);
        }
    }

    private static Refused refused(Fault fault, BadArgumentException e) {
        return new Refused(400, e.getMessage() + "\n" + fault.url() + "\n");
    }

    private static Plan plan(Fault fault, Handshake.Accepted request, Arguments arguments) {
        try {
            return fault.plot().script(request, arguments);
        } catch (BadArgumentException e) {
            return refused(fault, e);
        }
    }
}
