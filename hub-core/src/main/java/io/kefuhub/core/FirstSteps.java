package io.kefuhub.core;

import io.kefuhub.api.Language;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.ChannelInstances;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.conversation.Desks;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import java.util.Map;
import java.util.Optional;

/** What a new hub starts with: a desk, and where wanted a channel to try it on. */
final class FirstSteps {
    static final String DESK = "main";
    static final String DEMO_CHANNEL = "wk_demo";

    private FirstSteps() {}

    /** Makes the first desk unless there is one; returns it when it was made. */
    static Optional<DeskId> ensureDesk(Database database, Ids ids) {
        var desks = new Desks();
        return database.inTransaction(tx -> {
            if (!desks.all(tx).isEmpty()) return Optional.<DeskId>empty();
            var titles = Map.of("en", "Customer service", "zh-CN", "客户服务");
            return Optional.of(desks.keep(
                    tx, new Desk(new DeskId(ids.next()), DESK, titles, Language.ZH_CN, true, Optional.empty())));
        });
    }

    /** Makes the channel of the demo shop on a new desk. */
    static void addDemoChannel(Database database, Ids ids, DeskId desk) {
        database.useTransaction(tx -> new ChannelInstances()
                .keep(
                        tx,
                        new ChannelInstance(
                                new ChannelId(ids.next()),
                                DEMO_CHANNEL,
                                "Songlin Goods · 松林小铺",
                                "web",
                                desk,
                                Map.of("title", "松林小铺 Songlin Goods", "color", "#2f5d50"),
                                true,
                                Optional.empty())));
    }
}
