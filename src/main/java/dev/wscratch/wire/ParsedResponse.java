package dev.wscratch.wire;

/** What {@link ResponseHead#parse} makes of bytes: a head, or why it is none. */
public sealed interface ParsedResponse permits ResponseHead, ClientHandshake.Failure {}
