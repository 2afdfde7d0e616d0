package dev.wscratch.wire;

import dev.wscratch.wire.Extension.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the two ends have agreed on for {@code permessage-deflate}: the server's answer to an offer (RFC 7692 section 7.1).
 *
 * <pre>
 * client offers   permessage-deflate; client_max_window_bits; server_max_window_bits=10
 * server answers  permessage-deflate; server_max_window_bits=10
 *
 * server_no_context_takeover   the server begins each message with an empty window   the server may say so unasked
 * client_no_context_takeover   the client does                                        the server may say so unasked
 * server_max_window_bits=8…15  the server looks back at most 2^bits bytes             the server may say so unasked
 * client_max_window_bits=8…15  the client does                                        only if the offer has it
 * </pre>
 *
 * <p>"Context takeover" means that a message may repeat bytes of the messages before it, so both ends must remember them.
 *
 * @param serverNoContextTakeover the server's messages stand alone
 * @param clientNoContextTakeover the client's messages stand alone
 * @param serverMaxWindowBits 8 to 15, or null when not said, which means 15
 * @param clientMaxWindowBits 8 to 15, or null when not said, which means 15
 */
public record DeflateParameters(
        boolean serverNoContextTakeover,
        boolean clientNoContextTakeover,
        @Nullable Integer serverMaxWindowBits,
        @Nullable Integer clientMaxWindowBits) {
    /** The extension's registered name. */
    public static final String NAME = "permessage-deflate";

    /** DEFLATE's own window (RFC 1951): 2^15 bytes, for an end that said nothing else. */
    static final int LARGEST_WINDOW_BITS = 15;

    static final int SMALLEST_WINDOW_BITS = 8;

    static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
    static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
    static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
    static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

    /** Refuses window bits out of range. */
    public DeflateParameters {
        requireWindow(SERVER_MAX_WINDOW_BITS, serverMaxWindowBits);
        requireWindow(CLIENT_MAX_WINDOW_BITS, clientMaxWindowBits);
    }

    static void requireWindow(String name, @Nullable Integer bits) {
        if (bits != null && (bits < SMALLEST_WINDOW_BITS || bits > LARGEST_WINDOW_BITS)) {
            throw new IllegalArgumentException(name + ": expected 8 to 15, got " + bits);
        }
    }

    /**
     * Chooses among the offers of a request (section 5): the first that can be accepted. An offer with an unknown,
     * repeated or malformed parameter is declined, and other extensions are passed over.
     *
     * @param offered the elements of {@code Sec-WebSocket-Extensions}, in the client's order
     * @param noTakeover whether this server wants every message, of both sides, to stand alone, asked or not (sections
     *     7.1.1.1 and 7.1.1.2 allow a server to say so); it then need not keep a window between messages
     * @return what to answer; empty to decline
     */
    public static Optional<DeflateParameters> accept(List<Extension> offered, boolean noTakeover) {
        return offered.stream()
                .filter(extension -> extension.name().equals(NAME))
                .map(DeflateOffer::parse)
                .flatMap(Optional::stream)
                .findFirst()
                .map(offer -> offer.accept(noTakeover));
    }

    /** {@return the window of the server's messages, as a power of two} */
    public int serverWindowBits() {
        return serverMaxWindowBits == null ? LARGEST_WINDOW_BITS : serverMaxWindowBits;
    }

    /** {@return the window of the client's messages, as a power of two} */
    public int clientWindowBits() {
        return clientMaxWindowBits == null ? LARGEST_WINDOW_BITS : clientMaxWindowBits;
    }

    /** {@return the element of the 101's {@code Sec-WebSocket-Extensions}} */
    public Extension toExtension() {
        List<Parameter> parameters = new ArrayList<>();
        if (serverNoContextTakeover) {
            parameters.add(new Parameter(SERVER_NO_CONTEXT_TAKEOVER, null));
        }
        if (clientNoContextTakeover) {
            parameters.add(new Parameter(CLIENT_NO_CONTEXT_TAKEOVER, null));
        }
        if (serverMaxWindowBits != null) {
            parameters.add(new Parameter(SERVER_MAX_WINDOW_BITS, serverMaxWindowBits.toString()));
        }
        if (clientMaxWindowBits != null) {
            parameters.add(new Parameter(CLIENT_MAX_WINDOW_BITS, clientMaxWindowBits.toString()));
        }
        return new Extension(NAME, parameters);
    }
}
