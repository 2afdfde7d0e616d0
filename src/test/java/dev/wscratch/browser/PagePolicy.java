package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Content-Security-Policy of the page, which stands in its own meta element and in each home's header. */
public final class PagePolicy {
    private static final Path PAGE = Path.of("webapp", "index.html");
    private static final Pattern META =
            Pattern.compile("http-equiv=\"Content-Security-Policy\"\\s+content=\"([^\"]+)\"");

    private PagePolicy() {}

    /** What a home's header must say: the page's own directives, and that nobody may frame it. */
    public static Set<String> expected() throws IOException {
        Matcher meta = META.matcher(Files.readString(PAGE));
        assertThat(meta.find()).as("a policy in " + PAGE).isTrue();
        Set<String> expected = directives(meta.group(1));
        expected.add("frame-ancestors 'none'");
        return expected;
    }

    /** The directives of a policy, in no order, since their order has no meaning. */
    public static Set<String> directives(String policy) {
        return new TreeSet<>(Set.of(policy.strip().split("\\s*;\\s*")));
    }
}
