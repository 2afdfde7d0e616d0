package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void thereAreAtLeastTwoHundredAndFiftyCases() {
        assertThat(Catalogue.ALL).hasSizeGreaterThanOrEqualTo(250);
    }

    @Test
    void everyStageHasCases() {
        for (Stage stage : Stage.values()) {
            assertThat(Catalogue.of(stage)).as(stage.label()).hasSizeGreaterThan(9);
        }
    }

    @Test
    void everyIdIsThereOnceAndBeginsWithItsStage() {
        assertThat(Catalogue.ALL.stream().map(Case::id)).doesNotHaveDuplicates();
        assertThat(Catalogue.ALL).allMatch(one -> one.id().matches(one.stage().number() + "\\.[1-9][0-9]*"));
    }

    @Test
    void everyCaseHasATitleOfItsOwnInItsStageAndNamesAnRfc() {
        for (Stage stage : Stage.values()) {
            assertThat(Catalogue.of(stage).stream().map(Case::title)).doesNotHaveDuplicates();
        }
        assertThat(Catalogue.ALL)
                .allMatch(one -> one.section().matches("RFC [0-9]+ [0-9.]+(, (RFC [0-9]+ )?[0-9.]+)*"), "RFC section");
    }

    @Test
    void aSelectionIsOfStagesAndOfCases() {
        assertThat(Selection.of(Set.of(), Set.of()).size()).isEqualTo(Catalogue.ALL.size());
        assertThat(Selection.of(EnumSet.of(Stage.TEXT), Set.of("3.2")).lines())
                .hasSize(Catalogue.of(Stage.TEXT).size() + 1)
                .contains("2.1    RFC 6455 5.6           the text Hello")
                .contains("3.2    RFC 6455 5.2           binary of 1 bytes");
    }

    @Test
    void anUnknownIdIsAMistake() {
        assertThatThrownBy(() -> Selection.of(Set.of(), Set.of("2.999")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected the id of a case, such as 2.1, got \"2.999\"");
    }

    @Test
    void aStageIsFoundByNameAndByNumber() {
        assertThat(List.of(Stage.of("utf8"), Stage.of("7"), Stage.of(" UTF8 ")))
                .allMatch(found -> found.orElseThrow() == Stage.UTF8);
        assertThat(Stage.of("11")).isEmpty();
    }
}
