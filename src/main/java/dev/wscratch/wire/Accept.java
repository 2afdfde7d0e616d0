package dev.wscratch.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * {@code Sec-WebSocket-Accept}: the proof that the server has read this very request (RFC 6455 sections 1.3 and 4.2.2).
 *
 * <pre>
 * key     dGhlIHNhbXBsZSBub25jZQ==                                   16 random bytes in base64
 * + GUID  dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11
 * SHA-1   b3 7a 4f 2c c0 62 4f 16 90 f6 46 06 cf 38 59 45 b2 be c4 ea
 * base64  s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
 * </pre>
 *
 * The GUID is a constant that no other protocol would think of. SHA-1 guards no secret here, so its age does not matter.
 */
public final class Accept {
    /** The constant of section 1.3. */
    public static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private Accept() {}

    /** The answer to a key. */
    public static String of(String key) {
        byte[] digest = sha1().digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
        return Base64.getEncoder().encodeToString(digest);
    }

    /** Whether the text is a key: base64 of 16 bytes, which is always 22 characters and two equals signs (4.2.1). */
    public static boolean isKey(String text) {
        if (text.length() != 24 || !text.endsWith("==")) {
            return false;
        }
        return text.substring(0, 22).chars().allMatch(Accept::isBase64);
    }

    private static boolean isBase64(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1 (java.security.MessageDigest)", e);
        }
    }
}
