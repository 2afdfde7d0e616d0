package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.client.Redirect.Decision;
import dev.wscratch.client.Redirect.Fail;
import dev.wscratch.client.Redirect.Follow;
import dev.wscratch.wire.HeaderField;
import dev.wscratch.wire.HeaderFields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {
    private static final List<HeaderField> SECRETS =
            List.of(new HeaderField("Authorization", "Bearer t"), new HeaderField("X-Api-Key", "k"));

    private static Decision decide(String from, int status, String location, int followed, int most) {
        HeaderFields headers = new HeaderFields(List.of(new HeaderField("Location", location)));
        ErrorEvent refused = new ErrorEvent(Step.HANDSHAKE, "refused", status, headers, null, null);
        return Redirect.decide(Address.of(from, List.of("chat")), SECRETS, refused, followed, most);
    }

    @Test
    void noneIsFollowedUnlessAskedFor() {
        assertThat(decide("ws://h/", 302, "/x", 0, 0))
                .isInstanceOfSatisfying(
                        Fail.class, fail -> assertThat(fail.error().message()).isEqualTo("refused"));
    }

    @Test
    void onTheSameOriginTheUsersHeadersAndPasswordGoAlong() {
        assertThat(decide("ws://u:p@h:1/a", 307, "/x", 0, 1)).isInstanceOfSatisfying(Follow.class, follow -> {
            assertThat(follow.address().url().href()).isEqualTo("ws://u:p@h:1/x");
            assertThat(follow.address().protocols()).containsExactly("chat");
            assertThat(follow.headers()).isEqualTo(SECRETS);
        });
    }

    @ParameterizedTest
    @CsvSource({"ws://other:1/x", "ws://h:2/x", "wss://h:1/x", "//other/x"})
    void toAnotherOriginNoSecretGoesAlong(String location) {
        assertThat(decide("ws://u:p@h:1/a", 302, location, 0, 1)).isInstanceOfSatisfying(Follow.class, follow -> {
            assertThat(follow.headers()).isEmpty();
            assertThat(follow.address().credentials()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "wss://h/, ws://h/x, expected a redirect from wss to wss",
        "ws://h/, ws://u:p@other/x, expected a Location without user and password",
        "ws://h/, ftp://h/x, expected a Location that is a ws",
    })
    void aBadOneIsNotFollowed(String from, String location, String why) {
        assertThat(decide(from, 301, location, 0, 5)).isInstanceOfSatisfying(Fail.class, fail -> {
            assertThat(fail.error().message()).contains("the redirect is not followed: " + why);
            assertThat(fail.error().status()).isEqualTo(301);
        });
    }

    @Test
    void theLastOneIsTheLast() {
        assertThat(decide("ws://h/", 302, "/x", 1, 2)).isInstanceOf(Follow.class);
        assertThat(decide("ws://h/", 302, "/x", 2, 2)).isInstanceOfSatisfying(Fail.class, fail -> assertThat(
                        fail.error().message())
                .contains("expected at most 2 redirects"));
    }

    @Test
    void anotherStatusIsNoRedirect() {
        assertThat(decide("ws://h/", 401, "/x", 0, 2)).isInstanceOf(Fail.class);
        assertThat(decide("ws://h/", 304, "/x", 0, 2)).isInstanceOf(Fail.class);
    }
}
