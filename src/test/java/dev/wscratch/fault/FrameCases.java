package dev.wscratch.fault;

import static dev.wscratch.fault.WireCase.frames;

import java.util.List;

/** Frames that break rules, with the close code that answers. The masking key of zeros leaves the payload readable. */
final class FrameCases {
    private static final String KEY = " 00000000 ";

    private FrameCases() {}

    /** Rows 13 to 16 and 18. */
    static List<WireCase> all() {
        return List.of(
                frames(13, "an unmasked text", "81 02 6869", 1002),
                frames(13, "an unmasked ping", "89 00", 1002),
                frames(13, "an unmasked close", "88 02 03e8", 1002),
                frames(13, "an unmasked continuation inside a message", "01 81" + KEY + "68 80 01 69", 1002),
                frames(14, "RSV1 without an extension", "c1 81" + KEY + "68", 1002),
                frames(14, "RSV2", "a1 81" + KEY + "68", 1002),
                frames(14, "RSV3 on a ping", "99 80" + KEY, 1002),
                frames(14, "opcode 3", "83 80" + KEY, 1002),
                frames(14, "opcode 7", "87 80" + KEY, 1002),
                frames(14, "opcode B", "8b 80" + KEY, 1002),
                frames(14, "opcode F", "8f 80" + KEY, 1002),
                frames(14, "a fragmented ping", "09 80" + KEY, 1002),
                frames(14, "a fragmented close", "08 80" + KEY, 1002),
                frames(14, "a ping of 126 bytes", "89 fe 007e" + KEY + "00".repeat(126), 1002),
                frames(14, "a close of 126 bytes", "88 fe 007e" + KEY + "03e8" + "61".repeat(124), 1002),
                frames(14, "a continuation of nothing", "80 81" + KEY + "68", 1002),
                frames(14, "a text inside a text", "01 81" + KEY + "68 81 81" + KEY + "69", 1002),
                frames(14, "a close with half a code", "88 81" + KEY + "03", 1002),
                frames(14, "a close with code 999", "88 82" + KEY + "03e7", 1002),
                frames(14, "a close with code 1005", "88 82" + KEY + "03ed", 1002),
                frames(14, "a close with code 1006", "88 82" + KEY + "03ee", 1002),
                frames(14, "a close with code 1015", "88 82" + KEY + "03f7", 1002),
                frames(14, "a close with code 5000", "88 82" + KEY + "1388", 1002),
                frames(15, "a text with a byte that UTF-8 never has", "81 81" + KEY + "ff", 1007),
                frames(15, "a text with a surrogate", "81 83" + KEY + "eda080", 1007),
                frames(15, "a text with an overlong slash", "81 82" + KEY + "c0af", 1007),
                frames(15, "a text beyond U+10FFFF", "81 84" + KEY + "f4908080", 1007),
                frames(15, "a text that ends inside a character", "81 82" + KEY + "c3 ".strip() + "e2", 1007),
                frames(15, "fragments that end inside a character", "01 81" + KEY + "e2 80 81" + KEY + "82", 1007),
                frames(15, "a bad byte before the frame ends", "81 fe 0100" + KEY + "61ff", 1007),
                frames(15, "a close with a reason that is not UTF-8", "88 84" + KEY + "03e8c328", 1007),
                frames(16, "the header of a frame over the limit", "82 ff 0000000000100001" + KEY, 1009),
                frames(16, "the header of a text over the limit", "81 ff 0000000010000000" + KEY, 1009),
                frames(
                        16,
                        "a second fragment that passes the limit",
                        "02 81" + KEY + "00 80 ff 0000000000100000" + KEY,
                        1009),
                frames(18, "a length of 2^63", "82 ff 8000000000000000" + KEY, 1002),
                frames(18, "a length of 2^64 - 1", "82 ff ffffffffffffffff" + KEY, 1002),
                frames(18, "a length of 2^63 - 1", "82 ff 7fffffffffffffff" + KEY, 1009),
                frames(18, "a length of 2^32", "82 ff 0000000100000000" + KEY, 1009),
                frames(18, "a length of 2^31", "82 ff 0000000080000000" + KEY, 1009),
                frames(18, "a small length in two bytes", "82 fe 007d" + KEY, 1002),
                frames(18, "a small length in eight bytes", "82 ff 000000000000007d" + KEY, 1002),
                frames(18, "a middle length in eight bytes", "82 ff 000000000000ffff" + KEY, 1002));
    }
}
