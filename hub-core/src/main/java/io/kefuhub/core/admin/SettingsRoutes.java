package io.kefuhub.core.admin;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.net.URI;
import java.util.List;

/** The organisation's settings. */
final class SettingsRoutes implements RouteModule {
    private static final int NAME = 80;
    private static final int ADDRESS = 200;

    private final Settings settings;

    SettingsRoutes(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/settings", ctx -> Requests.send(ctx, settings.shown()), Access.SIGNED_IN);
        routes.put("/api/settings", this::change, Access.ADMIN);
    }

    private void change(Context ctx) {
        var body = Requests.body(ctx, Settings.Values.class);
        var organisation = body.organisation().strip();
        if (organisation.isEmpty() || organisation.length() > NAME) {
            throw Problem.invalid("organisation", "1 to " + NAME + " characters.", "1 至 " + NAME + " 个字符。");
        }
        if (!List.of("zh-CN", "en").contains(body.language())) {
            throw Problem.invalid("language", "zh-CN or en.", "zh-CN 或 en。");
        }
        var address = body.publicAddress().map(String::strip).filter(text -> !text.isEmpty());
        if (address.filter(text -> !isAddress(text)).isPresent()) {
            throw Problem.invalid("publicAddress", "Such as https://chat.example.com.", "例如 https://chat.example.com。");
        }
        var draftAlias = body.draftAlias().map(String::strip).filter(text -> !text.isEmpty());
        if (draftAlias.filter(text -> text.length() > NAME).isPresent()) {
            throw Problem.invalid("draftAlias", "At most " + NAME + " characters.", "最多 " + NAME + " 个字符。");
        }
        settings.change(
                Requests.caller(ctx),
                new Settings.Values(
                        organisation, address, body.language(), body.sound(), draftAlias, body.agentsReview()));
        Requests.send(ctx, settings.shown());
    }

    private static boolean isAddress(String text) {
        try {
            var address = URI.create(text);
            return text.length() <= ADDRESS
                    && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
