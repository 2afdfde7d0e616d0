package dev.wscratch.client;

import dev.wscratch.wire.Extension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who hears a link and does nothing. */
final class Nobody implements Link.Listener {
    static final Nobody LISTENS = new Nobody();

    private Nobody() {}

    @Override
    public void opened(String protocol, List<Extension> extensions) {}

    @Override
    public void message(Object data, long size) {}

    @Override
    public void sent(long size) {}

    @Override
    public void closing() {}

    @Override
    public void ended(@Nullable ErrorEvent error, CloseEvent close) {}

    @Override
    public boolean isFull() {
        return false;
    }
}
