package dev.wscratch.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.Extension;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointConfiguratorTest {
    /** Made by the configurator. */
    public static final class Endpoint {
        final Deployment deployment;

        public Endpoint(Deployment deployment) {
            this.deployment = deployment;
        }
    }

    /** Cannot be made. */
    public static final class Failing {
        public Failing(Deployment deployment) {
            throw new IllegalStateException("out of order at " + deployment.maxMessage());
        }
    }

    @AfterEach
    void forget() {
        Deployment.clearWebApplication();
    }

    @Test
    void standaloneAnEndpointGetsTheDeploymentThatWasStarting() throws Exception {
        Deployment one = new Deployment(1);
        Deployment other = new Deployment(2);
        EndpointConfigurator ofOne = one.whileStarting(EndpointConfigurator::new);
        EndpointConfigurator ofOther = other.whileStarting(EndpointConfigurator::new);
        Deployment.setWebApplication(other);
        assertThat(ofOne.getEndpointInstance(Endpoint.class).deployment).isSameAs(one);
        assertThat(ofOther.getEndpointInstance(Endpoint.class).deployment).isSameAs(other);
        assertThat(ofOne.getEndpointInstance(Endpoint.class)).isNotSameAs(ofOne.getEndpointInstance(Endpoint.class));
    }

    @Test
    void inAWebApplicationItGetsTheHoldersAtConnectTime() throws Exception {
        EndpointConfigurator configurator = new EndpointConfigurator();
        Deployment deployment = new Deployment(1);
        Deployment.setWebApplication(deployment);
        assertThat(configurator.getEndpointInstance(Endpoint.class).deployment).isSameAs(deployment);
    }

    @Test
    void withoutADeploymentTheErrorSaysWhatWasExpected() {
        assertThatThrownBy(() -> new EndpointConfigurator().getEndpointInstance(Endpoint.class))
                .isInstanceOf(InstantiationException.class)
                .hasMessageContaining(
                        "cannot make " + Endpoint.class.getName() + ": no deployment: expected one set by")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEndpointThatCannotBeMadeSaysWhy() throws Exception {
        EndpointConfigurator configurator = new Deployment(7).whileStarting(EndpointConfigurator::new);
        assertThatThrownBy(() -> configurator.getEndpointInstance(Failing.class))
                .isInstanceOf(InstantiationException.class)
                .hasMessageContaining("out of order at 7")
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> configurator.getEndpointInstance(String.class))
                .isInstanceOf(InstantiationException.class)
                .hasRootCauseInstanceOf(NoSuchMethodException.class);
    }

    @Test
    void noExtensionIsNegotiated() {
        Extension deflate = new Extension() {
            @Override
            public String getName() {
                return "permessage-deflate";
            }

            @Override
            public List<Parameter> getParameters() {
                return List.of();
            }
        };
        assertThat(new EndpointConfigurator().getNegotiatedExtensions(List.of(deflate), List.of(deflate)))
                .isEmpty();
    }
}
