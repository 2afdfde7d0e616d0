package dev.wscratch.wire;

import dev.wscratch.wire.Extension.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client offers for {@code permessage-deflate} (RFC 7692 section 7.1). A request may have several offers, the
 * preferred one first.
 *
 * @param serverNoContextTakeover the client will not remember the server's earlier messages: the server must agree
 * @param clientNoContextTakeover a hint: the client's messages will stand alone
 * @param serverMaxWindowBits 8 to 15: the client remembers no more than 2^bits bytes, the server must agree; or null
 * @param clientWindow what the client says of its own window
 */
public record DeflateOffer(
        boolean serverNoContextTakeover,
        boolean clientNoContextTakeover,
        @Nullable Integer serverMaxWindowBits,
        ClientWindow clientWindow) {
    /** Refuses window bits out of range. */
    public DeflateOffer {
        DeflateParameters.requireWindow(DeflateParameters.SERVER_MAX_WINDOW_BITS, serverMaxWindowBits);
    }

    /**
     * The offer's {@code client_max_window_bits} (section 7.1.2.2).
     *
     * @param mayBeLimited the parameter is there: the server may ask for a smaller window
     * @param maxBits the largest window the client would use, 8 to 15; 15 if the parameter has no value
     */
    public record ClientWindow(boolean mayBeLimited, int maxBits) {
        /** The parameter is not there. */
        public static final ClientWindow UNLIMITED = new ClientWindow(false, DeflateParameters.LARGEST_WINDOW_BITS);

        /** Refuses window bits out of range. */
        public ClientWindow {
            DeflateParameters.requireWindow(DeflateParameters.CLIENT_MAX_WINDOW_BITS, maxBits);
        }
    }

    /** What a client thinks of a server's answer. */
    public sealed interface Judgement {}

    /**
     * The answer fits the offer.
     *
     * @param parameters both ends keep to them from the first frame on; what the client has said of itself in its offer
     *     is among them, whether the server repeated it or not
     */
    public record Agreed(DeflateParameters parameters) implements Judgement {}

    /**
     * The answer does not fit: the client fails the connection (section 7.1).
     *
     * @param why for a person: expected and actual
     */
    public record Unfit(String why) implements Judgement {}

    /**
     * Reads an offer.
     *
     * @param extension an element of a request, by the name of permessage-deflate
     * @return empty if a server must decline it: a parameter is unknown, repeated or malformed
     */
    public static Optional<DeflateOffer> parse(Extension extension) {
        Parsed parsed = new Parsed();
        return parsed.read(extension) == null ? Optional.of(parsed.offer()) : Optional.empty();
    }

    /**
     * The server's answer.
     *
     * <p>A limit of the client's window is not asked for: inflating needs the same memory for each.
     *
     * @param noTakeover whether messages shall stand alone even if the client does not ask for it
     */
    public DeflateParameters accept(boolean noTakeover) {
        return new DeflateParameters(
                serverNoContextTakeover || noTakeover,
                clientNoContextTakeover || noTakeover,
                serverMaxWindowBits,
                null);
    }

    /**
     * Judges, for a client, a server's answer to this offer.
     *
     * @param answer the element of the 101
     */
    public Judgement judge(Extension answer) {
        if (!answer.name().equals(DeflateParameters.NAME)) {
            return new Unfit("expected " + DeflateParameters.NAME + ", got " + answer.name());
        }
        Parsed parsed = new Parsed();
        String malformed = parsed.read(answer);
        if (malformed != null) {
            return new Unfit(malformed);
        }
        if (parsed.clientBits != null && parsed.clientBitsValue == null) {
            return new Unfit("expected client_max_window_bits=8 to 15, got no value"); // 7.1.2.2
        }
        DeflateParameters answered = new DeflateParameters(
                parsed.serverAlone, parsed.clientAlone, parsed.serverBits, parsed.clientBitsValue);
        String unfit = contradiction(answered);
        return unfit == null ? new Agreed(withHints(answered)) : new Unfit(unfit);
    }

    /** Sections 7.1.1.2 and 7.1.2.2: the client keeps to its own hints "even if the server doesn't include" them. */
    private DeflateParameters withHints(DeflateParameters answer) {
        Integer bits = answer.clientMaxWindowBits();
        boolean hint = bits == null && clientWindow.maxBits() < DeflateParameters.LARGEST_WINDOW_BITS;
        return new DeflateParameters(
                answer.serverNoContextTakeover(),
                clientNoContextTakeover || answer.clientNoContextTakeover(),
                answer.serverMaxWindowBits(),
                hint ? (Integer) clientWindow.maxBits() : bits);
    }

    /** What the answer lacks or has too much of, or null. */
    private @Nullable String contradiction(DeflateParameters answer) {
        if (serverNoContextTakeover && !answer.serverNoContextTakeover()) {
            return "expected server_no_context_takeover as offered, got nothing"; // 7.1.1.1
        }
        if (serverMaxWindowBits != null
                && (answer.serverMaxWindowBits() == null || answer.serverMaxWindowBits() > serverMaxWindowBits)) {
            return "expected server_max_window_bits up to " + serverMaxWindowBits + ", got "
                    + answer.serverWindowBits(); // 7.1.2.1
        }
        if (answer.clientMaxWindowBits() == null) {
            return null;
        }
        if (!clientWindow.mayBeLimited()) {
            return "expected no client_max_window_bits, since it was not offered, got " + answer.clientMaxWindowBits();
        }
        return answer.clientMaxWindowBits() > clientWindow.maxBits()
                ? "expected client_max_window_bits up to " + clientWindow.maxBits() + ", got "
                        + answer.clientMaxWindowBits() // 7.1.2.2
                : null;
    }

    /** {@return the element of a request's {@code Sec-WebSocket-Extensions}} */
    public Extension toExtension() {
        List<Parameter> parameters = new ArrayList<>(
                new DeflateParameters(serverNoContextTakeover, clientNoContextTakeover, serverMaxWindowBits, null)
                        .toExtension()
                        .parameters());
        if (clientWindow.mayBeLimited()) {
            boolean unlimited = clientWindow.maxBits() == DeflateParameters.LARGEST_WINDOW_BITS;
            parameters.add(new Parameter(
                    DeflateParameters.CLIENT_MAX_WINDOW_BITS,
                    unlimited ? null : Integer.toString(clientWindow.maxBits())));
        }
        return new Extension(DeflateParameters.NAME, parameters);
    }

    /** The grammar that offers and answers share. */
    private static final class Parsed {
        private boolean serverAlone;
        private boolean clientAlone;
        private @Nullable Integer serverBits;
        private @Nullable Parameter clientBits;
        private @Nullable Integer clientBitsValue;

        /** What is wrong, or null. */
        @Nullable String read(Extension extension) {
            Set<String> seen = new HashSet<>();
            for (Parameter parameter : extension.parameters()) {
                if (!seen.add(parameter.name())) {
                    return "expected each parameter once, got " + parameter.name() + " again";
                }
                String wrong = read(parameter);
                if (wrong != null) {
                    return wrong;
                }
            }
            return null;
        }

        private @Nullable String read(Parameter parameter) {
            String value = parameter.value();
            switch (parameter.name()) {
                case DeflateParameters.SERVER_NO_CONTEXT_TAKEOVER -> serverAlone = true;
                case DeflateParameters.CLIENT_NO_CONTEXT_TAKEOVER -> clientAlone = true;
                case DeflateParameters.SERVER_MAX_WINDOW_BITS -> {
                    serverBits = bits(value);
                    return serverBits == null ? "expected server_max_window_bits=8 to 15, got " + parameter : null;
                }
                case DeflateParameters.CLIENT_MAX_WINDOW_BITS -> {
                    clientBits = parameter;
                    clientBitsValue = bits(value);
                    return value != null && clientBitsValue == null
                            ? "expected client_max_window_bits=8 to 15, got " + parameter
                            : null;
                }
                default -> {
                    return "expected the parameters of RFC 7692, got " + parameter;
                }
            }
            return value == null ? null : "expected " + parameter.name() + " without a value, got " + parameter;
        }

        /** 7.1.2: a decimal number without leading zeros, 8 to 15. */
        private static @Nullable Integer bits(@Nullable String value) {
            return value != null && value.matches("[89]|1[0-5]") ? Integer.valueOf(value) : null;
        }

        DeflateOffer offer() {
            ClientWindow window = clientBits == null
                    ? ClientWindow.UNLIMITED
                    : new ClientWindow(
                            true, clientBitsValue == null ? DeflateParameters.LARGEST_WINDOW_BITS : clientBitsValue);
            return new DeflateOffer(serverAlone, clientAlone, serverBits, window);
        }
    }
}
