package dev.wscratch.endpoint;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A session that lists what is done to it. */
final class FakeSession {
    final List<String> done = new ArrayList<>();
    boolean open = true;

    final Session session = (Session) Proxy.newProxyInstance(
            FakeSession.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "isOpen" -> {
                        return open;
                    }
                    case "close" -> {
                        CloseReason reason = (CloseReason) arguments[0];
                        done.add("close " + reason.getCloseCode().getCode() + " " + reason.getReasonPhrase());
                        return null;
                    }
                    default -> {
                        done.add(method.getName() + " " + arguments[0]);
                        return null;
                    }
                }
            });
}
