package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.wire.ClientHandshake;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.HeadScanner;
import dev.wscratch.wire.ParsedResponse;
import dev.wscratch.wire.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;

/**
 * Asks a proxy for a tunnel (RFC 9110 section 9.3.6), and then leaves the connection to the chain that would have had it
 * without a proxy. Used by the connection's reading thread only.
 */
final class Tunnel extends BaseFilter {
    private final Link link;
    private final Wire wire;
    private final String request;
    private final FilterChain after;
    private final HeadScanner scanner = new HeadScanner(HeadLimits.DEFAULT);
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();

    Tunnel(Link link, Wire wire, String request, FilterChain after) {
        this.link = link;
        this.wire = wire;
        this.request = request;
        this.after = after;
    }

    @Override
    public NextAction handleConnect(FilterChainContext context) {
        if (!wire.uses(context.getConnection())) {
            return context.getStopAction();
        }
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
        Wire.write(context.getConnection(), bytes, new EmptyCompletionHandler<>());
        return context.getInvokeAction();
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        Buffer message = context.getMessage();
        ByteBuffer bytes = message.toByteBuffer().slice();
        int start = bytes.position();
        HeadScanner.Step step = scanner.scan(bytes);
        byte[] taken = new byte[bytes.position() - start];
        bytes.get(start, taken);
        head.writeBytes(taken);
        switch (step) {
            case NEED_INPUT -> {}
            case REFUSED -> refuse("HTTP, got " + scanner.refusal().actual());
            case HEAD -> judge(context.getConnection(), bytes.hasRemaining());
        }
        return context.getStopAction();
    }

    private void judge(Connection<?> connection, boolean more) {
        ParsedResponse answer = ResponseHead.parse(ByteBuffer.wrap(head.toByteArray()), HeadLimits.DEFAULT);
        if (answer instanceof ClientHandshake.Failure failure) {
            refuse(failure.expected() + ", got " + failure.actual());
        } else if (answer instanceof ResponseHead good && good.status() / 100 != 2) {
            refuse("200, got " + (good.status() + " " + good.reason()).strip()
                    + (good.status() == 407 ? "; give user and password as http://user:password@host:port" : ""));
        } else if (more) {
            // Nobody at the other end of the tunnel has been asked anything yet.
            refuse("silence behind its answer, got more bytes");
        } else {
            connection.setProcessor(after);
            connection.getTransport().fireIOEvent(IOEvent.CONNECTED, connection, null);
        }
    }

    private void refuse(String expectedAndActual) {
        link.fail(Step.CONNECT, "no tunnel through the proxy: expected " + expectedAndActual, 0, null);
    }

    @Override
    public NextAction handleClose(FilterChainContext context) {
        link.tcpEnded();
        return context.getInvokeAction();
    }

    @Override
    public void exceptionOccurred(FilterChainContext context, Throwable error) {
        link.broken(error);
    }
}
