package dev.wscratch.client;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A small program that talks to the server at its first argument. Its {@code main} returns before anything happened. */
public final class OtherJvm {
    private OtherJvm() {}

    public static void main(String[] args) {
        WebSocket ws = new WebSocket(args[0]);
        ws.onopen(e -> {
            System.out.println("open " + ws.readyState());
            ws.send("Hello from another JVM: Grüße 🙂");
        });
        ws.onmessage(e -> {
            if (e.data() instanceof ByteBuffer bytes) {
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                System.out.println("binary " + HexFormat.of().formatHex(copy));
                ws.close(4002, "enough");
            } else {
                System.out.println("text " + e.data());
                ws.send(ByteBuffer.wrap(new byte[] {0, -1, 10}));
            }
        });
        ws.onerror(e -> System.out.println("error " + e.step() + ": " + e.message()));
        ws.onclose(e -> System.out.println("close " + e.code() + " clean=" + e.wasClean()));
    }
}
