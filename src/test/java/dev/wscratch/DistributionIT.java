package dev.wscratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The distribution as the build packed it, once as zip and once as tar.gz. */
class DistributionIT {
    private static final Path ZIP = Path.of("target", "wscratch-distribution.zip");
    private static final Path TAR_GZ = Path.of("target", "wscratch-distribution.tar.gz");
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    /** A tar archive consists of blocks (POSIX.1-1988, ustar). */
    private static final int BLOCK = 512;

    @Test
    void theZipHoldsLauncherLibrariesLicenceAndReadme() throws IOException {
        assertHoldsEverything(zipEntries());
    }

    @Test
    void theTarGzHoldsTheSameWithTheSamePermissions() throws IOException {
        assertHoldsEverything(tarEntries());
        assertThat(tarEntries().keySet()).isEqualTo(zipEntries().keySet());
    }

    private static void assertHoldsEverything(Map<String, Set<PosixFilePermission>> entries) {
        assertThat(entries.keySet())
                .contains("README.md", "LICENSE", "CHANGELOG.md", "bin/wscratch")
                .anyMatch(name -> name.matches("lib/wscratch[^/]*\\.jar"))
                .anyMatch(name -> name.matches("lib/tyrus-server-[^/]*\\.jar"))
                .anyMatch(name -> name.matches("lib/grizzly-framework-[^/]*\\.jar"))
                .anyMatch(name -> name.matches("lib/picocli-[^/]*\\.jar"))
                .noneMatch(name -> name.matches("lib/(junit|assertj|selenium|jakarta\\.servlet)[^/]*"));
        assertThat(entries.get("bin/wscratch")).isEqualTo(EXECUTABLE);
    }

    /** Names below the archive's one folder, and their permissions. */
    private static Map<String, Set<PosixFilePermission>> zipEntries() throws IOException {
        Map<String, Set<PosixFilePermission>> entries = new TreeMap<>();
        try (FileSystem zip = FileSystems.newFileSystem(ZIP, Map.of("enablePosixFileAttributes", true));
                Stream<Path> files = Files.walk(zip.getPath("/"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.put(below(file.toString().substring(1)), Files.getPosixFilePermissions(file));
            }
        }
        return entries;
    }

    private static Map<String, Set<PosixFilePermission>> tarEntries() throws IOException {
        Map<String, Set<PosixFilePermission>> entries = new TreeMap<>();
        try (InputStream tar = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(TAR_GZ)))) {
            for (byte[] header = tar.readNBytes(BLOCK);
                    header.length == BLOCK && header[0] != 0;
                    header = tar.readNBytes(BLOCK)) {
                String name = field(header, 0, 100);
                long size = Long.parseLong(field(header, 124, 12), 8);
                if (header[156] == '0') {
                    entries.put(below(name), permissions(Integer.parseInt(field(header, 100, 8), 8)));
                }
                tar.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
            }
        }
        return entries;
    }

    private static String field(byte[] header, int offset, int length) {
        return new String(header, offset, length, StandardCharsets.US_ASCII)
                .replace('\0', ' ')
                .strip();
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode >> bit & 1) == 1 ? "xwr".charAt(bit % 3) : '-');
        }
        return PosixFilePermissions.fromString(text.toString());
    }

    private static String below(String name) {
        assertThat(name).startsWith("wscratch-").contains("/");
        return name.substring(name.indexOf('/') + 1);
    }
}
