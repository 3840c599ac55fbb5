package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import java.util.List;
import java.util.Map;

/** Makes channels of AI bots, called by WeCom or connected to it. */
public final class BotFactory implements ChannelFactory {
    @Override
    public Description description() {
        return new Description(
                "wecom-bot", Map.of(Language.EN, "WeCom AI bot", Language.ZH_CN, "企业微信智能机器人"), BotSettings.SPECS);
    }

    @Override
    public List<String> addresses(Settings settings) {
        return BotSettings.isCalled(settings) ? ChannelFactory.super.addresses(settings) : List.of();
    }

    @Override
    public Channel create(Settings settings, ChannelContext context) {
        var read = BotSettings.of(settings);
        return switch (read.way()) {
            case BotSettings.Way.Called called -> new CalledBot(read, called, context, CalledBot.Rhythm.USUAL);
            case BotSettings.Way.Connected connected ->
                new ConnectedBot(read, connected, context, ConnectedBot.Rhythm.USUAL);
        };
    }
}
