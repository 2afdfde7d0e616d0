package dev.wscratch.cli;

import dev.wscratch.client.ErrorEvent;
import dev.wscratch.client.ErrorEvent.Step;
import java.util.Locale;
import java.util.regex.Pattern;

/** What to try when TLS fails, beyond the general advice. */
final class TlsAdvice {
    /** Alerts by which a server asks for a certificate, or for another one (RFC 8446 section 6.2). */
    private static final Pattern WANTS_OURS =
            Pattern.compile("received fatal alert: (certificate_required|bad_certificate|handshake_failure|unknown_ca"
                    + "|certificate_unknown|certificate_expired|access_denied)");

    private TlsAdvice() {}

    /** {@return to be put behind the message; empty when there is nothing to try} */
    static String of(ErrorEvent failure, Trust.Settings trust) {
        if (failure.status() != 0 || !isOfTls(failure)) {
            return "";
        }
        if (saysSo(failure)) {
            return trust.certificate() == null
                    ? ". The server may want a certificate of yours. Try: --cert FILE --key FILE"
                    : ". The server does not take your certificate: is it signed by whom the server trusts, and valid?";
        }
        return trust.isDefault() ? ". Try: --cacert FILE with the certificate of whoever signed the server's" : "";
    }

    /** With TLS 1.3 a server may refuse our certificate when we are through already, and wait for its answer. */
    private static boolean isOfTls(ErrorEvent failure) {
        return failure.step() == Step.TLS || saysSo(failure);
    }

    private static boolean saysSo(ErrorEvent failure) {
        boolean found =
                WANTS_OURS.matcher(failure.message().toLowerCase(Locale.ROOT)).find();
        for (Throwable cause = failure.cause(); cause != null && !found; cause = cause.getCause()) {
            found = WANTS_OURS
                    .matcher(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
                    .find();
        }
        return found;
    }
}
