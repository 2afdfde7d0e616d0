package dev.wscratch.endpoint;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A session that lists what is done to it. */
final class FakeSession {
    final List<String> done = new ArrayList<>();
    boolean open = true;
    String subprotocol = "";

    /** What was given to {@code sendObject}, in order. */
    final List<Object> sent = new CopyOnWriteArrayList<>();

    /** Of asynchronous sends that have not been finished by {@link #finish}. */
    final Deque<SendHandler> underWay = new ArrayDeque<>();

    /** If not null, what a synchronous send throws. */
    Exception failure;

    /** If not null, what an asynchronous send throws. */
    RuntimeException asyncFailure;

    /** If not null, what {@code close} throws. */
    RuntimeException closeFailure;

    private final RemoteEndpoint.Basic basic = (RemoteEndpoint.Basic) Proxy.newProxyInstance(
            FakeSession.class.getClassLoader(),
            new Class<?>[] {RemoteEndpoint.Basic.class},
            (proxy, method, arguments) -> {
                if (failure != null) {
                    throw failure;
                }
                sent.add(arguments[0]);
                return null;
            });

    private final RemoteEndpoint.Async async = (RemoteEndpoint.Async) Proxy.newProxyInstance(
            FakeSession.class.getClassLoader(),
            new Class<?>[] {RemoteEndpoint.Async.class},
            (proxy, method, arguments) -> {
                if (!open) {
                    throw new IllegalStateException("closed");
                }
                if (asyncFailure != null) {
                    throw asyncFailure;
                }
                sent.add(arguments[0]);
                underWay.add((SendHandler) arguments[1]);
                return null;
            });

    /** Finishes the oldest asynchronous send. */
    void finish() {
        underWay.remove().onResult(new SendResult(session));
    }

    /** Fails the oldest asynchronous send. */
    void fail() {
        underWay.remove().onResult(new SendResult(session, new IOException("gone")));
    }

    final Session session = (Session) Proxy.newProxyInstance(
            FakeSession.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "isOpen" -> {
                        return open;
                    }
                    case "close" -> {
                        if (closeFailure != null) {
                            throw closeFailure;
                        }
                        CloseReason reason = (CloseReason) arguments[0];
                        done.add("close " + reason.getCloseCode().getCode() + " " + reason.getReasonPhrase());
                        return null;
                    }
                    case "getNegotiatedSubprotocol" -> {
                        return subprotocol;
                    }
                    case "getBasicRemote" -> {
                        return basic;
                    }
                    case "getAsyncRemote" -> {
                        return async;
                    }
                    default -> {
                        done.add(method.getName() + " " + arguments[0]);
                        return null;
                    }
                }
            });
}
