package dev.wscratch.transport;

import dev.wscratch.transport.DeflateBudget.Reservation;
import dev.wscratch.transport.HttpResponse.Header;
import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.Extension;
import dev.wscratch.wire.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.Utils;
import org.jspecify.annotations.Nullable;

/**
 * What one handshake says about permessage-deflate, on both sides of Tyrus.
 *
 * <p>The agreement is made before Tyrus sees the request, and Tyrus and the endpoint's configurator are shown it in the
 * place of the client's offers; if there is none, they are shown no offer. So whatever a configurator accepts is what the
 * client is answered, and {@code Session.getNegotiatedExtensions} tells the truth. Whether to accept is the configurator's
 * alone: until {@link #take} the memory is only reserved, and {@link #close} gives it back.
 */
final class CompressionOffer implements AutoCloseable {
    private static final String HEADER = "Sec-WebSocket-Extensions";

    private final List<Extension> offered;

    /** Null when there is nothing to agree on, or it was taken. */
    private @Nullable Reservation reservation;

    private boolean accepted;

    CompressionOffer(RequestHead head, DeflateBudget budget) {
        // A header that cannot be read was refused before.
        this.offered = Extension.parse(head.headers().values(HEADER)).orElse(List.of());
        this.reservation = budget.reserve(offered);
    }

    /** Puts the agreement in the place of the offers. */
    void showTo(RequestContext request) {
        if (!offered.isEmpty()) {
            request.getHeaders().remove(HEADER);
            List<Extension> shown = agreed(offered);
            if (!shown.isEmpty()) {
                request.getHeaders().put(HEADER, new ArrayList<>(Utils.parseHeaderValue(Extension.format(shown))));
            }
        }
    }

    /** The first of the name is replaced by the agreement, others of the name are left out. */
    private List<Extension> agreed(List<Extension> extensions) {
        List<Extension> agreed = new ArrayList<>();
        boolean found = false;
        for (Extension extension : extensions) {
            if (!extension.name().equals(DeflateParameters.NAME)) {
                agreed.add(extension);
            } else if (!found && reservation != null) {
                found = true;
                agreed.add(reservation.agreed().toExtension());
            }
        }
        return agreed;
    }

    /**
     * Reads from Tyrus's answer whether the endpoint wants compression.
     *
     * @return the headers as they go out
     * @throws IllegalArgumentException when a configurator's extensions cannot be written
     */
    List<Header> answer(List<Header> headers) {
        return headers.stream()
                .flatMap(header -> header.name().equalsIgnoreCase(HEADER) ? answer(header) : Stream.of(header))
                .toList();
    }

    private Stream<Header> answer(Header header) {
        List<Extension> wanted = Extension.parse(List.of(header.value()))
                .orElseThrow(() -> new IllegalArgumentException(
                        HEADER + ": expected extensions such as name; parameter=value, got " + header.value()));
        List<Extension> answered = agreed(wanted);
        accepted = reservation != null
                && wanted.stream().anyMatch(extension -> extension.name().equals(DeflateParameters.NAME));
        return answered.isEmpty() ? Stream.empty() : Stream.of(new Header(HEADER, Extension.format(answered)));
    }

    /** {@return the compression that was agreed on, which is the caller's now; null when none was} */
    @Nullable Compression take(int maxMessage) {
        Reservation taken = reservation;
        if (!accepted || taken == null) {
            return null;
        }
        reservation = null;
        taken.used();
        return new Compression(taken, maxMessage);
    }

    @Override
    public void close() {
        if (reservation != null) {
            reservation.release();
        }
    }
}
