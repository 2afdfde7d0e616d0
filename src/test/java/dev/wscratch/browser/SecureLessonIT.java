package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.cli.Main;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lesson 20, which leads from the page over {@code http} to the one over {@code https}. */
@Timeout(120)
class SecureLessonIT {
    @Test
    void theLessonLeadsToTheSecurePageAndTakesTheMarksAlong(@TempDir Path config) throws Exception {
        ProcessBuilder serve =
                Program.javaBuilder(Main.class, "serve", "--port=0", "--tls-port=0", "--tls-self-signed");
        serve.environment().keySet().removeIf(name -> name.startsWith("WSCRATCH_") || name.equals("PORT"));
        serve.environment().put("XDG_CONFIG_HOME", config.toString());
        try (Program server = Program.start(serve)) {
            String port = server.await("page  http://localhost:(\\d+)").group(1);
            String securePort = server.await("page  https://localhost:(\\d+)").group(1);
            server.await("Ctrl-C to stop");
            try (Browser browser = Browser.start("--ignore-certificate-errors-spki-list="
                    + SecurePageIT.fingerprint(config.resolve("wscratch/localhost.pem")))) {
                URI page = URI.create("http://localhost:" + port + "/");
                LessonPage.open(browser, page, 1).awaitDone();
                LessonPage lesson = LessonPage.open(browser, page, 20);
                lesson.press("Say Hello here").awaitNoMoreThan(0);
                browser.find("#lessons .tool a").click();
                lesson.awaitHeading(20).awaitDone();
                assertThat(browser.run("return location.origin")).isEqualTo("https://localhost:" + securePort);
                assertThat(lesson.count()).isEqualTo("2 of 20 done");
                assertThat(lesson.seen().get(0)).contains("wss://localhost:" + securePort);
            }
        }
    }
}
