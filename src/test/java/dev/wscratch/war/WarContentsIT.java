package dev.wscratch.war;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.wire.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The WAR as the build packed it. */
class WarContentsIT {
    private static final Path WAR = Path.of("target", "wscratch.war");
    private static final Path PAGE = Path.of("webapp");
    private static final Pattern CLASS = Pattern.compile("WEB-INF/classes/dev/wscratch/(\\w+)/.*");

    @Test
    void itHoldsTheRoomsThatAnAppServerRunsAndNoOther() throws IOException {
        TreeSet<String> rooms = new TreeSet<>();
        for (String entry : entries()) {
            Matcher matcher = CLASS.matcher(entry);
            if (matcher.matches()) {
                rooms.add(matcher.group(1));
            }
        }
        assertThat(rooms)
                .contains("wire", "message", "endpoint", "war")
                .isSubsetOf("wire", "message", "room", "redis", "inspect", "endpoint", "war");
    }

    @Test
    void itHoldsEveryFileOfThePage() throws IOException {
        try (Stream<Path> files = Files.walk(PAGE)) {
            List<String> page = files.filter(Files::isRegularFile)
                    .map(file -> PAGE.relativize(file).toString().replace('\\', '/'))
                    .toList();
            assertThat(page).contains("index.html");
            assertThat(entries()).containsAll(page);
        }
    }

    @Test
    void itHoldsTheWordsThatTheBuildWroteOnce() throws IOException {
        assertThat(entries()).filteredOn(entry -> entry.endsWith("words.json")).containsExactly("words.json");
        try (ZipFile war = new ZipFile(WAR.toFile());
                InputStream words = war.getInputStream(war.getEntry("words.json"))) {
            assertThat(new String(words.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(Words.json());
        }
    }

    @Test
    void itHoldsNoLibraryThatTheAppServerBringsOrThatIsForTheStandaloneHome() throws IOException {
        assertThat(entries())
                .noneMatch(entry -> entry.matches(".*/(tyrus|grizzly|jakarta|picocli|logback|slf4j|jspecify)[^/]*"))
                .noneMatch(entry -> entry.contains("/jakarta/") || entry.contains("/org/glassfish/"))
                .noneMatch(entry -> entry.matches(".*logback[^/]*\\.xml"));
    }

    @Test
    void itHoldsTheLibraryThatReadsAndWritesMessagesAndNoOther() throws IOException {
        assertThat(entries().stream()
                        .filter(entry -> entry.startsWith("WEB-INF/lib/"))
                        .map(entry -> entry.replaceAll("-[0-9].*", "")))
                .containsExactlyInAnyOrder("WEB-INF/lib/jackson-core", "WEB-INF/lib/jackson-dataformat-cbor");
    }

    @Test
    void itNeedsNoDescriptor() throws IOException {
        assertThat(entries()).doesNotContain("WEB-INF/web.xml");
    }

    private static List<String> entries() throws IOException {
        try (ZipFile war = new ZipFile(WAR.toFile())) {
            return war.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }
}
