package dev.wscratch.transport;

import dev.wscratch.transport.TlsSettings.ClientAuthentication;
import dev.wscratch.transport.TlsSettings.Pem;
import dev.wscratch.transport.TlsSettings.Pkcs12;
import dev.wscratch.transport.TlsSettings.SelfSigned;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;
import nl.altindag.ssl.util.SSLFactoryUtils;

/**
 * The server's certificate and key, and whom it trusts: read at the start, and again when a file has changed.
 *
 * <p>A change takes effect for new connections; those that live keep what they agreed on. Files that cannot be used leave
 * the old ones in force, and one line in the log.
 */
final class KeyMaterial {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");
    private static final long LOOK_EVERY_NANOS = 1_000_000_000L;

    private final TlsSettings settings;
    private final List<Path> files;
    private final SSLFactory factory;

    /** When each file was last changed, as far as it was used; touched by the sweep's thread only after construction. */
    private List<FileTime> used;

    /** When the files were last looked at; touched by the sweep's thread only. */
    private long lookedAt = System.nanoTime();

    /**
     * Reads the files.
     *
     * @throws IOException when they cannot be used; says which and why
     */
    KeyMaterial(TlsSettings settings) throws IOException {
        this.settings = settings;
        if (settings.identity() instanceof SelfSigned selfSigned) {
            DevelopmentCertificate.ensure(selfSigned.folder());
        }
        this.files = files(settings);
        this.used = changedAt();
        this.factory = load(true);
    }

    private static List<Path> files(TlsSettings settings) {
        List<Path> files = new ArrayList<>();
        if (settings.identity() instanceof Pem pem) {
            files.add(pem.certificate());
            files.add(pem.key());
        } else if (settings.identity() instanceof Pkcs12 pkcs12) {
            files.add(pkcs12.store());
        } else if (settings.identity() instanceof SelfSigned selfSigned) {
            files.add(DevelopmentCertificate.certificate(selfSigned.folder()));
            files.add(DevelopmentCertificate.key(selfSigned.folder()));
        }
        Path trusted = settings.clients().trusted();
        if (trusted != null) {
            files.add(trusted);
        }
        return files;
    }

    private List<FileTime> changedAt() throws IOException {
        List<FileTime> times = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isReadable(file)) {
                throw new IOException("TLS: expected a readable file, found none at " + file);
            }
            times.add(Files.getLastModifiedTime(file));
        }
        return times;
    }

    /** {@code swappable}: the one that serves and takes over the material of later ones, which must not be so. */
    private SSLFactory load(boolean swappable) throws IOException {
        try {
            SSLFactory.Builder builder = SSLFactory.builder().withProtocols("TLSv1.3", "TLSv1.2");
            if (swappable) {
                builder.withSwappableIdentityMaterial().withSwappableTrustMaterial();
            }
            if (settings.identity() instanceof Pkcs12 pkcs12) {
                builder.withIdentityMaterial(pkcs12.store(), pkcs12.password().toCharArray());
            } else {
                builder.withIdentityMaterial(PemUtils.loadIdentityMaterial(files.get(0), files.get(1)));
            }
            Path trusted = settings.clients().trusted();
            if (trusted != null) {
                builder.withTrustMaterial(PemUtils.loadTrustMaterial(trusted));
                if (settings.clients().authentication() == ClientAuthentication.NEEDED) {
                    builder.withNeedClientAuthentication();
                } else {
                    builder.withWantClientAuthentication();
                }
            }
            return builder.build();
        } catch (RuntimeException e) {
            // The library throws a zoo of these for files that are not what they should be.
            throw new IOException("TLS: cannot use " + files + ": " + e.getMessage(), e);
        }
    }

    SSLContext context() {
        return factory.getSslContext();
    }

    SSLParameters parameters() {
        return factory.getSslParameters();
    }

    /** Reads the files again if one has changed; called by the sweep, again and again. */
    void refresh(long now) {
        if (now - lookedAt < LOOK_EVERY_NANOS) {
            return;
        }
        lookedAt = now;
        try {
            List<FileTime> times = changedAt();
            if (!times.equals(used)) {
                used = times;
                SSLFactoryUtils.reload(factory, load(false));
                LOG.log(Level.INFO, "TLS: read again {0}", files);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "TLS: the old certificate stays in force: {0}", e.getMessage());
        }
    }
}
