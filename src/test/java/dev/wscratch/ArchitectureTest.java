package dev.wscratch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rooms, and which room may use which: the picture in README.md, as rules. */
class ArchitectureTest {
    private static final String ROOT = "dev.wscratch";

    /** Each room with the rooms that it may use. */
    private static final Map<String, List<String>> MAY_USE = rooms();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static Map<String, List<String>> rooms() {
        Map<String, List<String>> rooms = new LinkedHashMap<>();
        rooms.put("wire", List.of());
        rooms.put("message", List.of("wire"));
        rooms.put("fault", List.of("wire"));
        rooms.put("inspect", List.of("wire"));
        rooms.put("endpoint", List.of("wire", "message", "inspect"));
        rooms.put("transport", List.of("wire"));
        rooms.put("server", List.of("wire", "endpoint", "inspect", "fault", "transport"));
        rooms.put("war", List.of("wire", "endpoint", "inspect"));
        rooms.put("client", List.of("wire", "message", "transport"));
        rooms.put("check", List.of("wire", "transport"));
        rooms.put("bench", List.of("wire"));
        rooms.put(
                "cli",
                List.of("wire", "message", "endpoint", "fault", "transport", "server", "client", "bench", "check"));
        return rooms;
    }

    private static Set<String> existingRooms() {
        return CLASSES.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    @Test
    void everyRoomIsInTheTable() {
        assertThat(MAY_USE.keySet()).containsAll(existingRooms());
        assertThat(existingRooms()).contains("wire", "endpoint", "transport", "server");
    }

    @TestFactory
    List<DynamicTest> aRoomUsesOnlyTheRoomsItMay() {
        return existingRooms().stream()
                .map(room -> DynamicTest.dynamicTest(room, () -> {
                    Set<String> forbidden = MAY_USE.keySet().stream()
                            .filter(other -> !other.equals(room))
                            .filter(other -> !MAY_USE.get(room).contains(other))
                            .map(other -> ROOT + "." + other)
                            .collect(Collectors.toSet());
                    noClasses()
                            .that()
                            .resideInAPackage(ROOT + "." + room)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden.toArray(String[]::new))
                            .check(CLASSES);
                }))
                .toList();
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyRoomIsNullMarkedAndSaysWhatItHolds() {
        for (String room : existingRooms()) {
            assertThat(CLASSES.stream()
                            .filter(type -> type.getPackageName().equals(ROOT + "." + room))
                            .findFirst()
                            .orElseThrow()
                            .getPackage()
                            .isAnnotatedWith(NullMarked.class))
                    .as("package-info.java of " + room + " with @NullMarked")
                    .isTrue();
        }
    }

    @Test
    void tyrusAndGrizzlyStayBelowTheRoomsThatMayKnowThem() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".transport", ROOT + ".client")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.glassfish..")
                .check(CLASSES);
    }

    @Test
    void theWireKnowsNothingButTheJdk() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".wire")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", ROOT + ".wire", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void onlyTheRoomsOfMessagesKnowHowTheyAreWritten() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".message", ROOT + ".inspect")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(CLASSES);
    }

    /** So that no other command, and no pipe, pays for loading it. */
    @Test
    void onlyTheLineEditorKnowsItsLibrary() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.cli\\.LineEditor(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jline..")
                .check(CLASSES);
    }

    @Test
    void theWireDoesNoIo() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".wire")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..", "java.util.concurrent..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli")
                .should()
                .accessFieldWhere(new DescribedPredicate<JavaFieldAccess>("System.out or System.err") {
                    @Override
                    public boolean test(JavaFieldAccess access) {
                        return access.getTargetOwner().isEquivalentTo(System.class)
                                && Set.of("out", "err").contains(access.getName());
                    }
                })
                .check(CLASSES);
    }

    /** A wall clock jumps; a deadline by it would end every connection at once, or none for an hour. */
    @Test
    void deadlinesAreByNanoTimeOnly() {
        // The header Date, a certificate's dates, and a date in Retry-After: all are times of day.
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".transport", ROOT + ".server", ROOT + ".fault", ROOT + ".client", ROOT + ".check")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".transport.HttpResponse")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".transport.KeyMaterial")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".client.Timing$Real")
                .should()
                .callMethodWhere(new DescribedPredicate<JavaMethodCall>("the wall clock is asked") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        String owner = call.getTargetOwner().getName();
                        String method = call.getName();
                        return (owner.equals("java.lang.System") && method.equals("currentTimeMillis"))
                                || (owner.equals("java.time.Clock") && method.startsWith("system"))
                                || (owner.startsWith("java.time.") && method.equals("now"));
                    }
                })
                .check(CLASSES);
    }
}
