package dev.wscratch.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes each event as one line, as text for people or as a JSON object for programs.
 *
 * <p>What a peer chose is escaped where it is logged. Lines of the libraries are not so careful, so every line is escaped
 * and cut again here: whatever an event carries, it can neither begin a second line nor drive a terminal.
 *
 * <p>Public, with a setter, because Logback makes it from {@code logback.xml}.
 */
public final class LogLayout extends LayoutBase<ILoggingEvent> {
    /** Longest message and longest error; a request head of a peer may be much longer. */
    private static final int LONGEST = 2_000;

    private static final int LONGEST_STACK = 20_000;

    private static final DateTimeFormatter LOCAL_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** Set before the first event. */
    private boolean json;

    /** Set before the first event. */
    private boolean stacks;

    /** Called by Logback. */
    public LogLayout() {}

    /**
     * Chooses the form.
     *
     * @param format {@code text} or {@code json}
     */
    public void setFormat(String format) {
        this.json = format.equals("json");
    }

    /**
     * Chooses how much of an error is shown: its message, or at level {@code debug} its stack too.
     *
     * @param level of our own lines
     */
    public void setLevel(String level) {
        this.stacks = level.equalsIgnoreCase("debug");
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return (json ? json(event) : text(event)) + System.lineSeparator();
    }

    private String text(ILoggingEvent event) {
        String logger = event.getLoggerName();
        StringBuilder line = new StringBuilder(LOCAL_TIME.format(event.getInstant()))
                .append(String.format(
                        Locale.ROOT, " %-5s %s  ", event.getLevel(), logger.substring(logger.lastIndexOf('.') + 1)))
                .append(OneLine.of(event.getFormattedMessage(), LONGEST));
        IThrowableProxy error = event.getThrowableProxy();
        if (error != null) {
            line.append(" error=\"").append(quoted(describe(error))).append('"');
            if (stacks) {
                line.append(" stack=\"").append(quoted(stack(error))).append('"');
            }
        }
        return line.toString();
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private String json(ILoggingEvent event) {
        Instant time = event.getInstant();
        JsonLine line = new JsonLine()
                .add("time", DateTimeFormatter.ISO_INSTANT.format(time))
                .add("level", event.getLevel().toString())
                .add("logger", event.getLoggerName());
        String message = OneLine.of(event.getFormattedMessage(), LONGEST);
        EventFields fields = EventFields.parse(message);
        if (fields == null) {
            line.add("message", message);
        } else {
            line.add("event", fields.event());
            fields.values().forEach(line::addNumberOrText);
        }
        IThrowableProxy error = event.getThrowableProxy();
        if (error != null) {
            line.add("error", describe(error));
            if (stacks) {
                line.add("stack", stack(error));
            }
        }
        return line.toString();
    }

    private static String describe(IThrowableProxy error) {
        StringBuilder text = new StringBuilder();
        for (IThrowableProxy each = error; each != null; each = each.getCause()) {
            text.append(text.isEmpty() ? "" : ", caused by ")
                    .append(each.getClassName())
                    .append(": ")
                    .append(each.getMessage());
            if (text.length() > LONGEST || each == each.getCause()) {
                break;
            }
        }
        return OneLine.of(text.toString(), LONGEST);
    }

    private static String stack(IThrowableProxy error) {
        StringBuilder text = new StringBuilder();
        for (IThrowableProxy each = error; each != null && text.length() < LONGEST_STACK; each = each.getCause()) {
            text.append(text.isEmpty() ? "" : " | caused by ").append(each.getClassName());
            StackTraceElementProxy[] frames = each.getStackTraceElementProxyArray();
            for (int i = 0; i < frames.length - each.getCommonFrames(); i++) {
                text.append(" | ").append(frames[i].getSTEAsString());
            }
        }
        return OneLine.of(text.toString(), LONGEST_STACK);
    }
}
