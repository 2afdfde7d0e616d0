package dev.wscratch.transport;

import jakarta.websocket.Session;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.glassfish.tyrus.core.TyrusSession;
import org.jspecify.annotations.Nullable;

/** What counts as one client where clients are counted. */
public final class ClientNetwork {
    private ClientNetwork() {}

    /**
     * The network that the client of a session is in; behind a trusted proxy that of the forwarded address.
     *
     * @param session of this transport
     * @param proxies that are trusted
     * @return null for clients that are not counted by address: those on this machine, and those of a trusted proxy that
     *     does not say whom it brings
     */
    public static @Nullable InetAddress of(Session session, TrustedProxies proxies) {
        if (!(session instanceof TyrusSession ours)) {
            throw new IllegalArgumentException("expected a session of this transport, got " + session.getClass());
        }
        return of(ours.getRemoteAddr(), proxies);
    }

    /** As above, for an address that is written out, as {@link InetAddress#getHostAddress} does. */
    static @Nullable InetAddress of(String written, TrustedProxies proxies) {
        int zone = written.indexOf('%');
        InetAddress address;
        try {
            // A literal, for which nothing is looked up.
            address = InetAddress.getByName(zone < 0 ? written : written.substring(0, zone));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("expected an address, got " + written, e);
        }
        return address.isLoopbackAddress() || proxies.contains(address) ? null : network(address);
    }

    /**
     * {@return what counts as one address} Of IPv6 that is the first 64 bits: a single customer gets that many, and would
     * have a fresh address for each connection (RFC 6177, RFC 7421).
     */
    static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOf(Arrays.copyOf(address.getAddress(), 8), 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("expected 16 bytes to be an IPv6 address", e);
        }
    }
}
