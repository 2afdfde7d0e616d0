package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.cli.Main;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page over {@code https}, from {@code wscratch serve --tls-self-signed} as a process. */
@Timeout(120)
class SecurePageIT {
    @Test
    void thePageComesByHttpsAndTalksByWss(@TempDir Path config) throws Exception {
        ProcessBuilder serve =
                Program.javaBuilder(Main.class, "serve", "--port=0", "--tls-port=0", "--tls-self-signed");
        serve.environment().keySet().removeIf(name -> name.startsWith("WSCRATCH_") || name.equals("PORT"));
        serve.environment().put("XDG_CONFIG_HOME", config.toString());
        try (Program server = Program.start(serve)) {
            String port = server.await("page  https://localhost:(\\d+)").group(1);
            server.await("Ctrl-C to stop");
            String wss = "wss://localhost:" + port + "/";
            try (Browser browser = Browser.start(
                    "--ignore-certificate-errors-spki-list=" + fingerprint(config.resolve("wscratch/localhost.pem")))) {
                EchoPage page = EchoPage.open(browser, URI.create("https://localhost:" + port + "/"))
                        .awaitState("OPEN");
                page.awaitMessage("Hello");
                assertThat(page.url()).isEqualTo(wss + "echo");
                assertThat(browser.run("return location.origin + ' ' + isSecureContext"))
                        .isEqualTo("https://localhost:" + port + " true");
                page.send("grüße").awaitMessage("grüße");
                page.close("4001", "done");
                assertThat(page.awaitEnd().text()).startsWith("code 4001, ");
            }
            server.await("close .*path=/echo code=4001");
            assertThat(server.err()).noneMatch(line -> line.contains("refuse") || line.contains("WARN"));
        }
    }

    /** Of the public key, as Chromium takes it for a list of those whose certificates need nobody's signature. */
    static String fingerprint(Path certificate) throws Exception {
        try (InputStream in = Files.newInputStream(certificate)) {
            byte[] key = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getPublicKey()
                    .getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        }
    }
}
