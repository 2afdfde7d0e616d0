package dev.wscratch.fault;

import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;

/**
 * A whole message of the peer's.
 *
 * @param opcode TEXT or BINARY
 * @param compressed whether its payload is still deflated (RFC 7692)
 * @param payload never changed
 */
record Message(Opcode opcode, boolean compressed, ByteBuffer payload) {}
