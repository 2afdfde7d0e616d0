package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemplateTest {
    @Test
    void valuesGoToTheirPlaces() {
        assertThat(Template.fill("{a} and {b}, {a}", "b", 2, "a", "one")).isEqualTo("one and 2, one");
    }

    @Test
    void aPlaceWithoutAValueStays() {
        assertThat(Template.fill("{a} {b}", "a", 1)).isEqualTo("1 {b}");
    }

    @Test
    void whatLooksLikeAPlaceInAValueIsNone() {
        assertThat(Template.fill("{a}{b}", "a", "{b}", "b", "$1\\")).isEqualTo("{b}$1\\");
    }
}
