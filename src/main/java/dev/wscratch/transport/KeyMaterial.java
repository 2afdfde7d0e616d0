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
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.util.SSLFactoryUtils;
import org.jspecify.annotations.Nullable;

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

    /** What new connections get; changed by the sweep's thread only. */
    private volatile SSLFactory factory;

    /** The files as they are in force, or as they were complained about; touched by the sweep's thread only later. */
    private List<Stamp> judged;

    /** The files as they were when last looked at; touched by the sweep's thread only. */
    private List<Stamp> seen;

    /** When the files were last looked at; touched by the sweep's thread only. */
    private long lookedAt = System.nanoTime();

    /**
     * What tells one state of a file from another without reading it.
     *
     * @param changed null where there is no such file
     * @param inode null where the file system has none: told apart by the others then
     */
    private record Stamp(@Nullable FileTime changed, long size, @Nullable Object inode) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            } catch (IOException e) {
                // In the midst of a replacement, perhaps; what reads the file will say so if it lasts.
                return new Stamp(null, -1, null);
            }
        }
    }

    /**
     * Reads the files.
     *
     * @throws KeyMaterialException when they cannot be used; says which and why
     */
    KeyMaterial(TlsSettings settings) throws KeyMaterialException {
        this.settings = settings;
        if (settings.identity() instanceof SelfSigned selfSigned) {
            DevelopmentCertificate.ensure(selfSigned.folder(), Instant.now());
        }
        this.files = files(settings);
        this.judged = stamps();
        this.seen = judged;
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

    private List<Stamp> stamps() {
        return files.stream().map(Stamp::of).toList();
    }

    /** {@code swappable}: the one that serves and takes over the material of later ones, which must not be so. */
    private SSLFactory load(boolean swappable) throws KeyMaterialException {
        ServerIdentity identity = ServerIdentity.read(settings.identity(), Instant.now());
        SSLFactory.Builder builder = SSLFactory.builder().withProtocols("TLSv1.3", "TLSv1.2");
        if (swappable) {
            builder.withSwappableIdentityMaterial().withSwappableTrustMaterial();
        }
        builder.withIdentityMaterial(identity.key(), new char[0], identity.chain());
        Path trusted = settings.clients().trusted();
        if (trusted != null) {
            builder.withTrustMaterial(ServerIdentity.certificates(trusted));
            if (settings.clients().authentication() == ClientAuthentication.NEEDED) {
                builder.withNeedClientAuthentication();
            } else {
                builder.withWantClientAuthentication();
            }
        }
        try {
            return builder.build();
        } catch (RuntimeException e) {
            throw new KeyMaterialException("TLS: cannot use " + files + ": " + e.getMessage(), e);
        }
    }

    SSLContext context() {
        return factory.getSslContext();
    }

    /** {@return the server's half of a new connection's TLS} */
    SSLEngine engine() {
        SSLFactory current = factory;
        SSLEngine engine = current.getSslContext().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(current.getSslParameters());
        return engine;
    }

    private void replace(SSLFactory fresh) {
        if (settings.clients().trusted() == null) {
            SSLFactoryUtils.reload(factory, fresh);
        } else {
            // Only a context that has made none of the tickets does not resume sessions of clients which it trusts no
            // more.
            factory = fresh;
        }
    }

    /**
     * Reads the files again if one has changed and then stayed as it is from one look to the next, so that whoever writes
     * them can finish; called by the sweep, again and again.
     */
    void refresh(long now) {
        if (now - lookedAt < LOOK_EVERY_NANOS) {
            return;
        }
        lookedAt = now;
        List<Stamp> stamps = stamps();
        boolean settled = stamps.equals(seen);
        seen = stamps;
        if (!settled || stamps.equals(judged)) {
            return;
        }
        judged = stamps;
        try {
            replace(load(false));
            LOG.log(Level.INFO, "TLS: read again {0}", files);
        } catch (KeyMaterialException e) {
            LOG.log(Level.WARNING, "the old certificate stays in force: {0}", e.getMessage());
        }
    }
}
