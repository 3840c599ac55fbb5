package io.kefuhub.channel.wecom.app;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import java.util.Map;

/** Makes channels that reach the members of a corp in the WeCom client. */
public final class AppFactory implements ChannelFactory {
    @Override
    public Description description() {
        return new Description(
                "wecom-app", Map.of(Language.EN, "WeCom app", Language.ZH_CN, "企业微信自建应用"), AppSettings.SPECS);
    }

    @Override
    public Channel create(Settings settings, ChannelContext context) {
        return new AppChannel(AppSettings.of(settings), context);
    }
}
