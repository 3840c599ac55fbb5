package io.kefuhub.channel.wecom.kf;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import java.util.Map;

/** Makes channels that reach customers in ordinary WeChat. */
public final class KfFactory implements ChannelFactory {
    @Override
    public Description description() {
        return new Description(
                "wecom-kf",
                Map.of(Language.EN, "WeCom customer service (WeChat)", Language.ZH_CN, "微信客服"),
                KfSettings.SPECS);
    }

    @Override
    public Channel create(Settings settings, ChannelContext context) {
        return new KfChannel(KfSettings.of(settings), context);
    }
}
