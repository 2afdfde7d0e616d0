package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.client.Handshake.Answer;
import dev.wscratch.client.Handshake.Opened;
import dev.wscratch.client.Handshake.Refused;
import dev.wscratch.transport.ClientCompression;
import dev.wscratch.transport.FrameAssembler;
import dev.wscratch.wire.ClientHandshake;
import dev.wscratch.wire.DeflateOffer.Agreed;
import dev.wscratch.wire.DeflateOffer.Judgement;
import dev.wscratch.wire.DeflateOffer.Unfit;
import dev.wscratch.wire.Extension;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.HeaderField;
import dev.wscratch.wire.ResponseRule;
import dev.wscratch.wire.Role;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one connection offers, what the server chooses, and the two directions of frames that follow from it. Used by one
 * thread at a time, but for {@link #outbound} and {@link #close}.
 */
final class Negotiation {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ClientSettings settings;
    private final Link link;
    private final Handshake handshake;

    /** What is offered, and then what was agreed on; null when there is neither. */
    private final @Nullable ClientCompression compression;

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
        // Checked before memory is reserved.
        Handshake plain = new Handshake(address, headers, List.of(), key);
        this.compression = settings.compression() ? ClientCompression.offer() : null;
        this.handshake =
                compression == null ? plain : new Handshake(address, headers, List.of(compression.extension()), key);
        this.outbound = new Outbound(link, null, settings.frames());
    }

    ByteBuffer request() {
        return handshake.request();
    }

    /** Takes bytes of the answer; once it is {@link Opened}, there is an {@link #inbound}. */
    Answer read(ByteBuffer bytes) {
        Answer answer = handshake.read(bytes);
        if (!(answer instanceof Opened opened)) {
            return answer;
        }
        List<Extension> chosen = opened.extensions();
        if (chosen.isEmpty()) {
            open(opened, null);
            return opened;
        }
        ClientCompression offered = compression;
        if (offered == null || chosen.size() > 1) {
            return Handshake.refused(
                    ResponseRule.EXTENSIONS_MALFORMED,
                    "one extension",
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
        } else if (compression != null) {
            compression.close();
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
        if (compression != null) {
            compression.close();
        }
    }
}
