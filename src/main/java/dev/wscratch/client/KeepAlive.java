package dev.wscratch.client;

/**
 * Keeps the JVM running while a {@link WebSocket} lives, as a browser's page and Node stay: all other threads of this
 * room are daemons.
 */
final class KeepAlive {
    private static final Object LOCK = new Object();

    /** How many connections and running handlers need the JVM. */
    private static int holders;

    /** Whether the non-daemon thread runs. */
    private static boolean running;

    private KeepAlive() {}

    static void acquire() {
        synchronized (LOCK) {
            holders++;
            if (!running) {
                running = true;
                new Thread(KeepAlive::hold, "wscratch-keep-alive").start();
            }
        }
    }

    static void release() {
        synchronized (LOCK) {
            holders--;
            LOCK.notifyAll();
        }
    }

    private static void hold() {
        synchronized (LOCK) {
            while (holders > 0) {
                try {
                    LOCK.wait();
                } catch (InterruptedException e) {
                    // Nobody but a shutdown interrupts this thread, and then nothing is left to keep.
                    Thread.currentThread().interrupt();
                    break;
                }
            }
            running = false;
        }
    }
}
