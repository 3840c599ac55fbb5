package io.kefuhub.channel.web;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.web.PublicPath;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import java.util.List;
import java.util.Map;

/** Makes web chats; serves the files that all of them share, and the demo shop. */
final class WebChannelFactory implements ChannelFactory {
    private final Assets assets = new Assets();

    @Override
    public Description description() {
        return new Description("web", Map.of(Language.EN, "Web chat", Language.ZH_CN, "网页客服"), WebSettings.SPECS);
    }

    @Override
    public Channel create(Settings settings, ChannelContext context) {
        return new WebChannel(WebSettings.of(settings), context, assets);
    }

    @Override
    public List<PublicPath> publicPaths() {
        return List.of(
                new PublicPath("/widget/1/{key}"),
                new PublicPath("/widget.js"),
                new PublicPath("/widget/app"),
                new PublicPath("/chat"));
    }

    /** The script for pages; it is told the key there. */
    @Override
    public List<String> addresses(Settings settings) {
        return List.of("/widget.js");
    }

    @Override
    public WebReply serve(WebRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return WebReply.empty(405).withHeader("Allow", "GET, HEAD");
        }
        return switch (request.path()) {
            case "/widget.js" -> assets.loader(request);
            case "/chat", "/chat/" -> assets.shop(request);
            default -> assets.file(request);
        };
    }
}
