package dev.wscratch.endpoint;

import jakarta.websocket.Extension;
import java.util.List;

/**
 * Asks for {@code permessage-deflate} (RFC 7692) where the client offers it and the server has it. The parameters are the
 * server's affair, whichever server it is.
 */
public final class CompressingConfigurator extends EndpointConfigurator {
    private static final String DEFLATE = "permessage-deflate";

    /** Called by the container, once per deployed endpoint class. */
    public CompressingConfigurator() {}

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        if (installed.stream().noneMatch(CompressingConfigurator::isDeflate)) {
            return List.of();
        }
        return requested.stream()
                .filter(CompressingConfigurator::isDeflate)
                .limit(1)
                .toList();
    }

    private static boolean isDeflate(Extension extension) {
        return extension.getName().equals(DEFLATE);
    }
}
