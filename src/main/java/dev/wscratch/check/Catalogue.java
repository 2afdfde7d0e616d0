package dev.wscratch.check;

import java.util.List;
import java.util.stream.Stream;

/** All cases, stage by stage. */
final class Catalogue {
    static final List<Case> ALL = Stream.of(Stage.values())
            .flatMap(stage -> Catalogue.build(stage).stream())
            .toList();

    private Catalogue() {}

    private static List<Case> build(Stage stage) {
        return switch (stage) {
            case HANDSHAKE -> HandshakeCases.cases();
            case TEXT -> TextCases.cases();
            case LENGTHS -> LengthCases.cases();
            case MASKING -> MaskingCases.cases();
            case FRAGMENTS -> FragmentCases.cases();
            case CONTROL -> ControlCases.cases();
            case UTF8 -> Utf8Cases.cases();
            case CLOSE -> CloseCases.cases();
            case LIMITS -> LimitCases.cases();
            case COMPRESSION -> CompressionCases.cases();
        };
    }

    static List<Case> of(Stage stage) {
        return ALL.stream().filter(one -> one.stage() == stage).toList();
    }
}
