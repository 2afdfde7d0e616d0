package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.json.Json;

class FaultTableTest {
    @Test
    void theReadmeShowsTheTable() throws Exception {
        Path expected = Path.of("target", "fault-table.md");
        Files.createDirectories(expected.getParent());
        Files.writeString(expected, FaultTable.markdown());
        assertThat(Files.readString(Path.of("README.md")))
                .as("README.md, \"Misbehaviour on request\": expected the table in " + expected)
                .contains("\n\n" + FaultTable.markdown() + "\n");
    }

    @Test
    void theTableIsJsonWithARowForEachFault() {
        List<Map<String, Object>> rows = new Json().toType(FaultTable.json(), Json.LIST_OF_MAPS_TYPE);
        assertThat(rows).hasSameSizeAs(Faults.all());
        assertThat(rows).allSatisfy(row -> assertThat(row)
                .containsOnlyKeys("id", "url", "parameters", "does", "client", "rfc", "try"));
        assertThat(rows.stream()
                        .filter(row -> "close".equals(row.get("id")))
                        .findFirst()
                        .orElseThrow())
                .containsEntry("url", "/fault/close/{code}?reason=&messages=&delay=")
                .extractingByKey("parameters")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
                .hasSize(4);
    }

    @Test
    void everyRowIsFilled() {
        for (Fault fault : Faults.all()) {
            assertThat(List.of(fault.does(), fault.client(), fault.section(), fault.attempt()))
                    .as(fault.id())
                    .noneMatch(String::isBlank);
            assertThat(fault.section()).startsWith("RFC ");
            assertThat(fault.attempt()).contains("/fault/" + fault.id());
        }
    }

    @Test
    void whatToTryIsRight() {
        for (Fault fault : Faults.all()) {
            String path = fault.attempt().replaceFirst(".*?(/fault/[^' ]+).*", "$1");
            int question = path.indexOf('?');
            assertThat(
                            question < 0
                                    ? Faults.answer(path, null)
                                    : Faults.answer(path.substring(0, question), path.substring(question + 1)))
                    .as(path)
                    .isInstanceOf(Faults.Playable.class);
        }
    }
}
