package dev.wscratch.inspect;

/**
 * What a page is told of the server that it watches.
 *
 * @param frames whether frames can be seen; where not, only commands work
 * @param version of wscratch
 * @param maxMessage bytes of the longest message that the server takes
 * @param maxFragments frames of a message that the server takes
 * @param faults whether there is {@code /fault}
 * @param tlsPort of TLS connections; -1 for none
 * @param controlRate control frames per second that the server takes from one connection; -1 where nobody knows
 */
public record About(
        boolean frames,
        String version,
        int maxMessage,
        int maxFragments,
        boolean faults,
        int tlsPort,
        int controlRate) {
    /**
     * A web application on an app server, below which nothing can be seen.
     *
     * @param maxMessage bytes of the longest message that it takes
     * @return what can be said of it
     */
    public static About ofApplication(int maxMessage) {
        String version = About.class.getPackage().getImplementationVersion();
        // What else the app server bounds, only its administrator knows.
        return new About(
                false, version == null ? "development" : version, maxMessage, Integer.MAX_VALUE, false, -1, -1);
    }
}
