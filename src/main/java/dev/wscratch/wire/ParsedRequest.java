package dev.wscratch.wire;

/** What {@link RequestHead#parse} makes of bytes: a head, or why it is refused. */
public sealed interface ParsedRequest permits RequestHead, Refusal {}
