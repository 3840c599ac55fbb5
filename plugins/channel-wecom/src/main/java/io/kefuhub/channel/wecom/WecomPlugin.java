package io.kefuhub.channel.wecom;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.HubPlugin;
import io.kefuhub.channel.wecom.app.AppFactory;
import io.kefuhub.channel.wecom.bot.BotFactory;
import io.kefuhub.channel.wecom.kf.KfFactory;
import java.util.List;

/** What the manifest names: it says what is in this jar and does nothing else. */
public final class WecomPlugin implements HubPlugin {
    @Override
    public List<Contribution> contributions() {
        return List.of(new KfFactory(), new AppFactory(), new BotFactory());
    }
}
