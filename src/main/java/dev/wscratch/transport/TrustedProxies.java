package dev.wscratch.transport;

import dev.wscratch.wire.PeerText;
import dev.wscratch.wire.RequestHead;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose word about a client is believed: {@code X-Forwarded-For} and {@code X-Forwarded-Proto}.
 *
 * <p>Anybody can write these headers, so they count only on a connection that comes from a listed proxy; and of several
 * addresses the last one that is not itself a listed proxy is the client's, since only the end of the list was written by
 * proxies that are trusted.
 */
public final class TrustedProxies {
    /** Believes nobody. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

    /**
     * Only whole literals: {@link InetAddress} would look up anything else as a name in the network, at a peer's wish,
     * and would read {@code 10.1} as 10.0.0.1.
     */
    private static final Pattern LITERAL =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|(?=[^:]*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");

    private record Network(InetAddress first, int bits) {
        boolean contains(InetAddress candidate) {
            byte[] address = first.getAddress();
            byte[] other = candidate.getAddress();
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if (((address[bit >> 3] ^ other[bit >> 3]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * What is known of a client.
     *
     * @param address the client's own
     * @param secure whether it speaks TLS, to us or to the proxy in front
     */
    record Client(InetAddress address, boolean secure) {}

    private final List<Network> networks = new ArrayList<>();

    /**
     * Proxies by address or network.
     *
     * @param entries such as {@code 10.0.0.1}, {@code 10.0.0.0/8} or {@code fd00::/8}
     * @throws IllegalArgumentException when an entry is not one of these
     */
    public TrustedProxies(List<String> entries) {
        for (String entry : entries) {
            networks.add(network(entry));
        }
    }

    private static Network network(String entry) {
        int slash = entry.indexOf('/');
        InetAddress address = parse(slash < 0 ? entry : entry.substring(0, slash));
        if (address != null) {
            int most = address.getAddress().length * 8;
            int bits = slash < 0 ? most : bits(entry.substring(slash + 1));
            if (bits >= 0 && bits <= most) {
                return new Network(address, bits);
            }
        }
        throw new IllegalArgumentException(
                "Expected an address or a network such as 10.0.0.0/8, got \"" + PeerText.escape(entry, 100) + "\"");
    }

    private static int bits(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    private static @Nullable InetAddress parse(String literal) {
        if (!LITERAL.matcher(literal).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** {@return whether {@code address} is a listed proxy} */
    boolean contains(InetAddress address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The client behind a request.
     *
     * @param head the request
     * @param remote where the TCP connection comes from
     * @param tls whether that connection is TLS
     */
    Client client(RequestHead head, InetAddress remote, boolean tls) {
        if (!contains(remote)) {
            return new Client(remote, tls);
        }
        InetAddress client = remote;
        // All of them, however many: what the peer wrote before must not hide what the proxy wrote last.
        String[] hops =
                String.join(",", head.headers().values("X-Forwarded-For")).split(",", -1);
        for (int i = hops.length - 1; i >= 0 && contains(client); i--) {
            if (hops[i].isBlank()) {
                continue; // RFC 9110 section 5.6.1.2: a list may have empty elements.
            }
            InetAddress hop = parse(hops[i].strip());
            if (hop == null) {
                break;
            }
            client = hop;
        }
        String proto = head.headers().first("X-Forwarded-Proto");
        return new Client(client, proto == null ? tls : proto.strip().equalsIgnoreCase("https"));
    }
}
