package dev.wscratch.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeploymentTest {
    private final Deployment first = new Deployment(1);
    private final Deployment second = new Deployment(2);

    @AfterEach
    void forget() {
        Deployment.clearWebApplication();
    }

    @Test
    void theLimitIsAtLeastOneByte() {
        assertThat(first.maxMessage()).isEqualTo(1);
        assertThatThrownBy(() -> new Deployment(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxMessage: expected at least 1 byte, got 0");
    }

    @Test
    void connectionsAreCountedFromOne() {
        assertThat(first.nextConnection()).isEqualTo(1);
        assertThat(first.nextConnection()).isEqualTo(2);
        assertThat(second.nextConnection()).isEqualTo(1);
    }

    @Test
    void whatIsMadeWhileADeploymentStartsKeepsIt() throws Exception {
        assertThat(first.whileStarting(Deployment::source).get()).isSameAs(first);
        assertThat(second.whileStarting(Deployment::source).get()).isSameAs(second);
    }

    /** Found by review: after the inner start the outer one was forgotten. */
    @Test
    void aServerThatIsStartedWhileAnotherStartsDoesNotTakeItsPlace() throws Exception {
        assertThat(first.whileStarting(() -> {
                            assertThat(second.whileStarting(Deployment::source).get())
                                    .isSameAs(second);
                            return Deployment.source();
                        })
                        .get())
                .isSameAs(first);
    }

    @Test
    void aStartThatFailsLeavesNothingBehind() {
        assertThatThrownBy(() -> first.whileStarting(() -> {
                    throw new IOException("port taken");
                }))
                .isInstanceOf(IOException.class);
        Deployment.setWebApplication(second);
        assertThat(Deployment.source().get()).isSameAs(second);
    }

    @Test
    void inAWebApplicationTheDeploymentIsAskedForAtEachConnect() {
        var source = Deployment.source();
        assertThatThrownBy(source::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no deployment: expected one set by")
                .hasMessageContaining("is the listener of the WAR disabled?");
        Deployment.setWebApplication(first);
        assertThat(source.get()).isSameAs(first);
        Deployment.setWebApplication(second);
        assertThat(source.get()).isSameAs(second);
        Deployment.clearWebApplication();
        assertThatThrownBy(source::get).isInstanceOf(IllegalStateException.class);
    }
}
