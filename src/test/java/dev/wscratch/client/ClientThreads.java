package dev.wscratch.client;

import java.util.List;

/** The threads that clients have in this JVM, of ours or of Tyrus. */
final class ClientThreads {
    /** One that reads, one for deadlines, one that keeps the JVM up, four that look up hosts, and those for handlers. */
    static final int MOST = 1 + 1 + 1 + 4 + SharedTransport.HANDLER_THREADS;

    private ClientThreads() {}

    /** Those that there are now, the daemon ones of stock Tyrus too. */
    static List<String> names() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name ->
                        name.matches("(wscratch-(client|events|deadlines|lookup|keep-alive)|tyrus-|[Gg]rizzly).*"))
                .toList();
    }
}
