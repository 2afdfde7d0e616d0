package dev.wscratch.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C as something that a command can answer, where the JVM has {@code sun.misc.Signal}: a hook at shutdown would hear
 * of the first one only. By reflection, for the compiler warns of the name; without it Ctrl-C ends the JVM as ever.
 */
final class Interrupts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Interrupts.class.getName());

    private final Runnable first;
    private final Runnable second;
    private volatile int count;

    /** What answered Ctrl-C before; null where it could not be taken over. */
    private @Nullable Object before;

    private Interrupts(Runnable first, Runnable second) {
        this.first = first;
        this.second = second;
    }

    /** Runs one thing at the first Ctrl-C, another at the second; the third ends the JVM. On a thread of the JVM's. */
    static Interrupts answering(Runnable first, Runnable second) {
        Interrupts interrupts = new Interrupts(first, second);
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
                interrupts.heard();
            }
            return null;
        };
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            interrupts.before = handle(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "Ctrl-C cannot be answered here", e);
        }
        return interrupts;
    }

    /** {@return the handler before} */
    private static @Nullable Object handle(Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        Object interrupt = signal.getConstructor(String.class).newInstance("INT");
        return signal.getMethod("handle", signal, type).invoke(null, interrupt, handler);
    }

    // One thread after the other: the JVM's signals come one by one.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void heard() {
        count++;
        switch (count) {
            case 1 -> first.run();
            case 2 -> second.run();
            default -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED.value());
        }
    }

    /** {@return whether it was there at all} */
    boolean isInterrupted() {
        return count > 0;
    }

    /** Gives Ctrl-C back. */
    @Override
    public void close() {
        Object handler = before;
        if (handler == null) {
            return;
        }
        try {
            handle(handler);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "Ctrl-C was not answered here", e);
        }
    }
}
