package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.client.Handshake.Answer;
import dev.wscratch.client.Handshake.Incomplete;
import dev.wscratch.client.Handshake.Opened;
import dev.wscratch.client.Handshake.Refused;
import dev.wscratch.transport.ClientCompression;
import dev.wscratch.transport.FrameAssembler;
import dev.wscratch.wire.ClientHandshake;
import dev.wscratch.wire.DeflateOffer;
import dev.wscratch.wire.DeflateOffer.Agreed;
import dev.wscratch.wire.DeflateOffer.Judgement;
import dev.wscratch.wire.DeflateOffer.Unfit;
import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.Extension;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.HeaderField;
import dev.wscratch.wire.ResponseRule;
import dev.wscratch.wire.Role;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one connection offers, what the server chooses, and the two directions of frames that follow from it. Used by one
 * thread at a time, but for {@link #outbound} and {@link #close}.
 */
final class Negotiation {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ClientSettings settings;
    private final Link link;
    private final Function<List<Extension>, Handshake> handshakes;

    /** Replaced by {@link #request}, when it is known whether there is memory for what is to be offered. */
    private Handshake handshake;

    /** What is offered, and then what was agreed on; null when there is neither. Written under this lock. */
    private volatile @Nullable ClientCompression compression;

    /** Guarded by this. */
    private boolean closed;

    private volatile Outbound outbound;
    private @Nullable Inbound inbound;
    private String subprotocol = "";
    private List<Extension> extensions = List.of();

    Negotiation(Address address, List<HeaderField> headers, ClientSettings settings, Link link) {
        this.settings = settings;
        this.link = link;
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        String key = ClientHandshake.newKey(nonce);
        this.handshakes = extensions -> new Handshake(address, headers, extensions, key);
        this.handshake = handshakes.apply(List.of());
        this.outbound = new Outbound(link, null, settings.frames());
    }

    /** To be asked for once, when it can be sent: memory is reserved only now, since not every connection comes so far. */
    ByteBuffer request() {
        List<Extension> offered = offers();
        if (!offered.isEmpty()) {
            handshake = handshakes.apply(offered);
        }
        ByteBuffer request = handshake.request();
        show(true, request);
        return request;
    }

    /** What is to be offered; without the compression that there is no memory for. */
    private synchronized List<Extension> offers() {
        List<DeflateOffer> deflate = settings.extensions().stream()
                .filter(Negotiation::isDeflate)
                .flatMap(extension -> DeflateOffer.parse(extension).stream())
                .toList();
        if (!closed && !deflate.isEmpty()) {
            compression = ClientCompression.offer(deflate);
        }
        // Offers that are not fit for anything may be made, to see them declined.
        boolean mayDeflate = deflate.isEmpty() || compression != null;
        return settings.extensions().stream()
                .filter(extension -> mayDeflate || !isDeflate(extension))
                .toList();
    }

    private static boolean isDeflate(Extension extension) {
        return extension.name().equals(DeflateParameters.NAME);
    }

    private void show(boolean sent, ByteBuffer head) {
        FrameTap tap = settings.frames();
        if (tap != null) {
            ByteBuffer copy = ByteBuffer.allocate(head.remaining());
            tap.handshake(sent, copy.put(head.duplicate()).flip());
        }
    }

    /** Takes bytes of the answer; once it is {@link Opened}, there is an {@link #inbound}. */
    Answer read(ByteBuffer bytes) {
        Answer answer = handshake.read(bytes);
        if (!(answer instanceof Incomplete)) {
            show(false, handshake.answer());
        }
        return answer instanceof Opened opened ? agree(opened) : answer;
    }

    private Answer agree(Opened opened) {
        List<Extension> chosen = opened.extensions();
        if (chosen.isEmpty()) {
            open(opened, null);
            return opened;
        }
        ClientCompression offered = compression;
        if (offered == null || chosen.size() > 1 || !isDeflate(chosen.get(0))) {
            return Handshake.refused(
                    ResponseRule.EXTENSIONS_MALFORMED,
                    "permessage-deflate once or nothing, which is what this client can speak",
                    Extension.format(chosen),
                    opened.head().headers());
        }
        Judgement judgement = offered.judge(chosen.get(0));
        if (judgement instanceof Agreed agreed) {
            offered.agree(agreed.parameters(), settings.maxMessage());
            open(opened, offered);
            return opened;
        }
        String problem = ((Unfit) judgement).why();
        return new Refused(ErrorEvent.of(
                Step.HANDSHAKE, "the server's permessage-deflate: " + problem + " (RFC 7692 7.1)", null, null));
    }

    private void open(Opened opened, @Nullable ClientCompression agreed) {
        subprotocol = opened.subprotocol();
        extensions = opened.extensions();
        FrameLimits limits = FrameLimits.DEFAULT.withMaxMessage(settings.maxMessage());
        FrameParser parser = new FrameParser(Role.CLIENT, agreed != null, limits);
        FrameAssembler assembler = agreed == null ? FrameAssembler.plain(parser) : agreed.assembler(parser);
        inbound = new Inbound(parser, assembler, settings.frames());
        if (agreed != null) {
            outbound = new Outbound(link, agreed, settings.frames());
        } else {
            giveBack();
        }
    }

    Inbound inbound() {
        Inbound reading = inbound;
        if (reading == null) {
            throw new IllegalStateException("frames are read when the handshake is done, and it is not");
        }
        return reading;
    }

    Outbound outbound() {
        return outbound;
    }

    String subprotocol() {
        return subprotocol;
    }

    List<Extension> extensions() {
        return extensions;
    }

    String endedWhile(Step step) {
        return handshake.endedWhile(step);
    }

    /** Gives memory back; a second call does nothing. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        giveBack();
    }

    private void giveBack() {
        ClientCompression offered = compression;
        if (offered != null) {
            offered.close();
        }
    }
}
