package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpoint;
import org.junit.jupiter.api.Test;

class TyrusEngineTest {
    /** One of two at a path. */
    @ServerEndpoint("/same/{a}")
    public static final class First {}

    /** The other. */
    @ServerEndpoint("/same/{b}")
    public static final class Second {}

    @Test
    void twoEndpointsAtOnePathAreRefused() {
        assertThatThrownBy(() -> new InMemory(First.class, Second.class).http())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("/same/{a}")
                .hasMessageContaining("/same/{b}");
    }

    @Test
    void aClassWithoutAnnotationIsRefusedByName() {
        assertThatThrownBy(() -> new InMemory(String.class).http())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("java.lang.String");
    }
}
