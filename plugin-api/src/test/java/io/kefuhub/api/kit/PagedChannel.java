package io.kefuhub.api.kit;

import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Pulled;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.web.WebRequest;

/** The same where a call says only that something waits, and what waits is pulled page by page. */
class PagedChannel extends SignedChannel {
    private static final int PAGE = 10;

    private final SmallPlatform platform;

    PagedChannel(Settings settings, ChannelContext context, SmallPlatform platform) {
        super(settings, context, platform);
        this.platform = platform;
    }

    @Override
    public Receipt receive(WebRequest request) {
        var receipt = super.receive(request);
        if (!(receipt instanceof Receipt.Accepted(var messages, var reply))) return receipt;
        platform.keep(messages);
        return new Receipt.Nudged("all", reply);
    }

    @Override
    public Pulled pull(String source, String cursor) {
        var all = platform.kept();
        var from = place(cursor);
        var to = Math.min(all.size(), from + PAGE);
        return new Pulled(all.subList(from, to), String.valueOf(to), to < all.size());
    }

    int place(String cursor) {
        return cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
    }
}
