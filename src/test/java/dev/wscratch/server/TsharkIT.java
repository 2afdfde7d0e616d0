package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Requires;
import dev.wscratch.peer.Capture;
import dev.wscratch.peer.LabPage;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import dev.wscratch.peer.Zlib;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the inspector shows of a connection, and what Wireshark's decoder makes of the same connection. */
@Timeout(120)
class TsharkIT {
    private static final HexFormat HEX = HexFormat.of();

    @TempDir
    Path folder;

    /** One frame, as either side describes it. */
    private record Shown(String from, int fin, int rsv, int opcode, String key, long length, String content) {}

    @Test
    void theBytesThatAreShownAreThoseThatWiresharkSees() throws Exception {
        Path tshark = Requires.program("TSHARK", "tshark");
        try (WscratchServer server =
                        WscratchServer.builder().port(0).inspector(true).start();
                LabPage page = LabPage.watch(Scheme.WS, server.port());
                Capture capture = new Capture(server.port())) {
            talk(page, capture.port());
            List<Shown> ours = ours(page.eventsUntilEnd());
            Path file = folder.resolve("connection.pcap");
            capture.write(file);
            List<Shown> theirs = theirs(tshark, file, server.port());
            for (String from : List.of("client", "server")) {
                assertThat(only(from, ours)).isEqualTo(only(from, theirs)).hasSizeGreaterThan(6);
            }
        }
    }

    private static List<Shown> only(String from, List<Shown> all) {
        return all.stream().filter(one -> one.from.equals(from)).toList();
    }

    /** Text, binary, of each length, fragmented, ping, pong, compressed, close. */
    private static void talk(LabPage page, int port) throws Exception {
        try (RawPeer peer = RawPeer.connect(port);
                Zlib zlib = new Zlib()) {
            peer.handshake(page.marked("/deflate", 1), "Sec-WebSocket-Extensions: permessage-deflate");
            peer.sendText("Hello");
            peer.readFrame();
            for (int size : new int[] {3, 126, 10_000}) {
                byte[] payload = new byte[size];
                Arrays.fill(payload, (byte) 0xF5);
                peer.send(RawPeer.frame(0x82, payload));
                peer.readFrame();
            }
            peer.send(RawPeer.frame(0x01, "frag".getBytes(UTF_8)));
            peer.send(RawPeer.frame(0x89, "ping".getBytes(UTF_8)));
            peer.send(RawPeer.frame(0x80, "ments".getBytes(UTF_8)));
            peer.readFrame();
            peer.readFrame();
            for (int i = 0; i < 2; i++) {
                peer.send(
                        RawPeer.frame(0xC1, zlib.deflate("some text ".repeat(20).getBytes(UTF_8))));
                peer.readFrame();
            }
            page.say("{\"type\":\"send\",\"id\":1,\"connection\":1,\"kind\":\"binary\",\"parts\":[\"AAE=\",\"Av8=\"]}");
            peer.readFrame();
            peer.readFrame();
            page.answer();
            peer.sendClose(1000, "bye");
            peer.readClose();
            peer.readsEnd();
        }
    }

    private static List<Shown> ours(List<Map<String, Object>> events) {
        List<Shown> frames = new ArrayList<>();
        Map<String, ByteArrayOutputStream> messages =
                Map.of("client", new ByteArrayOutputStream(), "server", new ByteArrayOutputStream());
        for (Map<String, Object> event : events) {
            if (event.get("event").equals("frame")) {
                String from = (String) event.get("from");
                assertThat(event).doesNotContainKeys("broken", "cut");
                frames.add(decoded(from, event, messages.get(from)));
            }
        }
        return frames;
    }

    /** By hand, since the point is to trust nobody. */
    private static Shown decoded(String from, Map<String, Object> event, ByteArrayOutputStream message) {
        ByteBuffer bytes = ByteBuffer.wrap(LabPage.bytes(event, "bytes"));
        int first = bytes.get();
        int second = bytes.get();
        int seven = second & 0x7F;
        long length = seven < 126 ? seven : seven == 126 ? bytes.getShort() & 0xFFFF : bytes.getLong();
        byte[] key = new byte[second < 0 ? 4 : 0];
        bytes.get(key);
        byte[] payload = new byte[bytes.remaining()];
        bytes.get(payload);
        for (int i = 0; i < payload.length && key.length > 0; i++) {
            payload[i] ^= key[i % 4];
        }
        assertThat((long) payload.length).isEqualTo(length);
        int opcode = first & 0xF;
        String content = "";
        if (opcode >= 8) {
            content = HEX.formatHex(payload);
        } else {
            message.writeBytes(payload);
            if (first < 0) {
                content = HEX.formatHex(
                        event.containsKey("inflated") ? LabPage.bytes(event, "inflated") : message.toByteArray());
                message.reset();
            }
        }
        return new Shown(from, first < 0 ? 1 : 0, first >> 4 & 7, opcode, HEX.formatHex(key), length, content);
    }

    private List<Shown> theirs(Path tshark, Path file, int port) throws Exception {
        Path pdml = folder.resolve("connection.xml");
        Process process = new ProcessBuilder(
                        tshark.toString(),
                        "-r",
                        file.toString(),
                        "-d",
                        "tcp.port==" + port + ",http",
                        "-Y",
                        "websocket",
                        "-T",
                        "pdml")
                .redirectOutput(pdml.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<Shown> frames = new ArrayList<>();
        NodeList packets = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(pdml.toFile())
                .getElementsByTagName("packet");
        for (int i = 0; i < packets.getLength(); i++) {
            addFrames((Element) packets.item(i), port, frames);
        }
        return frames;
    }

    /** What a frame carries follows it as a protocol of its own, where it is not text. */
    private static void addFrames(Element packet, int port, List<Shown> frames) {
        String from = "";
        NodeList protocols = packet.getElementsByTagName("proto");
        for (int i = 0; i < protocols.getLength(); i++) {
            Element protocol = (Element) protocols.item(i);
            String name = protocol.getAttribute("name");
            if (name.equals("tcp")) {
                from = value(protocol, "tcp.dstport", "show").equals(Integer.toString(port)) ? "client" : "server";
            } else if (name.equals("websocket")) {
                frames.add(frame(from, protocol));
            } else if (name.equals("fake-field-wrapper")
                    && !value(protocol, "data.data", "value").isEmpty()) {
                Shown last = frames.remove(frames.size() - 1);
                frames.add(new Shown(
                        last.from,
                        last.fin,
                        last.rsv,
                        last.opcode,
                        last.key,
                        last.length,
                        value(protocol, "data.data", "value")));
            }
        }
    }

    private static Shown frame(String from, Element frame) {
        String content = value(frame, "websocket.payload.text", "value")
                + value(frame, "websocket.payload.ping", "value")
                + value(frame, "websocket.payload.pong", "value")
                + value(frame, "websocket.payload.close.status_code", "value")
                + value(frame, "websocket.payload.close.reason", "value");
        String length = value(frame, "websocket.payload_length_ext_64", "show")
                + value(frame, "websocket.payload_length_ext_16", "show");
        return new Shown(
                from,
                number(frame, "websocket.fin"),
                number(frame, "websocket.rsv"),
                number(frame, "websocket.opcode"),
                value(frame, "websocket.masking_key", "value"),
                length.isEmpty() ? number(frame, "websocket.payload_length") : Long.parseLong(length),
                content);
    }

    private static int number(Element frame, String field) {
        String shown = value(frame, field, "show");
        return Integer.decode(shown.equals("True") ? "1" : shown.equals("False") ? "0" : shown);
    }

    private static String value(Element within, String field, String attribute) {
        NodeList fields = within.getElementsByTagName("field");
        for (int i = 0; i < fields.getLength(); i++) {
            Element one = (Element) fields.item(i);
            if (one.getAttribute("name").equals(field)) {
                return one.getAttribute(attribute);
            }
        }
        return "";
    }
}
