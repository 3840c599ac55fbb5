package io.kefuhub.channel.feishu;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.HubPlugin;
import java.util.List;

/** Brings the channel for Feishu and Lark. */
public final class FeishuPlugin implements HubPlugin {
    @Override
    public List<Contribution> contributions() {
        return List.of(new FeishuFactory());
    }
}
