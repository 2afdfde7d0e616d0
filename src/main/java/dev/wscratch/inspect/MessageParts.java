package dev.wscratch.inspect;

import dev.wscratch.wire.FrameHeader;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Utf8Validator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parts of one message that is to be sent in fragments (RFC 6455 section 5.4). */
final class MessageParts {
    private MessageParts() {}

    /** {@return one unmasked frame for each part} */
    static List<ByteBuffer> frames(Command.Send send) {
        List<ByteBuffer> frames = new ArrayList<>();
        int last = send.parts().size() - 1;
        for (int i = 0; i <= last; i++) {
            Opcode opcode = i > 0 ? Opcode.CONTINUATION : send.text() ? Opcode.TEXT : Opcode.BINARY;
            ByteBuffer part = send.parts().get(i);
            FrameHeader header = new FrameHeader(i == last, false, false, false, opcode, false, 0, part.remaining());
            frames.add(FrameSerialiser.frame(header, part));
        }
        return frames;
    }

    /** {@return whether the parts are UTF-8 when they are put together} */
    static boolean isUtf8(List<ByteBuffer> parts) {
        Utf8Validator utf8 = new Utf8Validator();
        for (ByteBuffer part : parts) {
            if (utf8.validate(part, part.position(), part.limit()) != Utf8Validator.VALID) {
                return false;
            }
        }
        return utf8.isComplete();
    }

    /** The same parts as texts, for servers that send no half characters: a character that is cut goes to the later part. */
    static List<String> texts(List<ByteBuffer> parts) {
        List<String> texts = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.allocate(0);
        for (ByteBuffer part : parts) {
            ByteBuffer all = ByteBuffer.allocate(rest.remaining() + part.remaining())
                    .put(rest)
                    .put(part.duplicate())
                    .flip();
            int whole = wholeCharacters(all);
            texts.add(StandardCharsets.UTF_8.decode(all.slice(0, whole)).toString());
            rest = all.slice(whole, all.limit() - whole);
        }
        return texts;
    }

    /** {@return bytes up to the end of the last whole character, of a beginning of UTF-8} */
    private static int wholeCharacters(ByteBuffer bytes) {
        int end = bytes.limit();
        for (int back = 1; back <= Math.min(3, end); back++) {
            int b = bytes.get(end - back) & 0xFF;
            if (b >= 0xC0) {
                int length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return back < length ? end - back : end;
            }
        }
        return end;
    }
}
