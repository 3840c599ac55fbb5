package io.kefuhub.channel.feishu;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import java.util.List;
import java.util.Map;

/** Makes channels for one self-built app each. */
final class FeishuFactory implements ChannelFactory {
    @Override
    public Description description() {
        return new Description(
                "feishu", Map.of(Language.EN, "Feishu / Lark", Language.ZH_CN, "飞书 / Lark"), FeishuSettings.SPECS);
    }

    @Override
    public List<String> addresses(Settings settings) {
        return FeishuSettings.isCalled(settings) ? ChannelFactory.super.addresses(settings) : List.of();
    }

    @Override
    public Channel create(Settings settings, ChannelContext context) {
        return new FeishuChannel(FeishuSettings.read(settings), context);
    }
}
