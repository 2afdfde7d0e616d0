package dev.wscratch.wire;

/**
 * A rule of the protocol (or of HTTP below it, or of this server) that a peer can break.
 *
 * <p>{@link HeadRule}: the grammar and framing of an HTTP head; {@link HandshakeRule}: a client's opening request;
 * {@link ResponseRule}: a server's answer to it; {@link FrameRule}: what comes after. {@link Diagnosis#of(Rule)} says
 * what to do about each.
 */
public sealed interface Rule permits HeadRule, HandshakeRule, ResponseRule, FrameRule {
    /** The constant's name: stable, fit for a metric's label. */
    String name();

    /** Where the rule stands, such as {@code RFC 6455 5.1}. */
    String section();

    /** The rule in one plain sentence. */
    String sentence();
}
