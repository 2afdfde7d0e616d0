package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
    void everyIdAndEveryNameIsThereOnceAndTheIdBeginsWithItsStage() {
        for (List<Case> all : List.of(Catalogue.ALL, ClientCases.ALL)) {
            assertThat(all.stream().map(Case::id)).doesNotHaveDuplicates();
            assertThat(all.stream().map(Case::name)).doesNotHaveDuplicates();
            assertThat(all).allMatch(one -> one.id().matches(one.stage().number() + "\\.[1-9][0-9]*"));
            assertThat(all).allMatch(one -> one.name().matches("[a-z0-9]+/[a-z0-9]+(-[a-z0-9]+)*"), "name");
        }
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
                .contains("2.1    RFC 6455 5.6           the text Hello  [text/the-text-hello]")
                .contains("3.2    RFC 6455 5.2           binary of 1 bytes  [lengths/binary-of-1-bytes]");
    }

    @Test
    void aCaseIsFoundByItsNameToo() {
        assertThat(Selection.of(Set.of(), Set.of("lengths/binary-of-1-bytes")).lines())
                .hasSize(1)
                .allMatch(line -> line.startsWith("3.2 "));
        assertThat(Selection.ofClient(Set.of(), Set.of("handshake/no-upgrade", "1.1"))
                        .size())
                .isEqualTo(2);
    }

    /** People have the names in scripts: cases may come and go, but what is renamed breaks them. */
    @Test
    void theNamesAreThoseOfTheList() throws IOException {
        Path list = Path.of("src/test/resources/dev/wscratch/check/names.txt");
        List<String> names = Stream.of(Catalogue.ALL, ClientCases.ALL)
                .flatMap(List::stream)
                .map(Case::name)
                .distinct()
                .toList();
        assertThat(names).isEqualTo(Files.readAllLines(list));
    }

    @Test
    void anUnknownIdIsAMistake() {
        assertThatThrownBy(() -> Selection.of(Set.of(), Set.of("2.999")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected the id or the name of a case, such as 2.1 or handshake/")
                .hasMessageEndingWith(", got \"2.999\"");
    }

    @Test
    void aStageIsFoundByNameAndByNumber() {
        assertThat(List.of(Stage.of("utf8"), Stage.of("7"), Stage.of(" UTF8 ")))
                .allMatch(found -> found.orElseThrow() == Stage.UTF8);
        assertThat(Stage.of("11")).isEmpty();
    }
}
