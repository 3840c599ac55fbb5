package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.kit.FilterContract;
import io.kefuhub.api.kit.Messages;
import io.kefuhub.api.message.Message;
import java.util.ArrayList;
import java.util.List;

/** A module is judged by the same kit as a jar. */
class SpamContractTest implements FilterContract {
    private static final Filter FILTER = Examples.filter(Examples.FOLDER.resolve("spam-score/spam-score.wasm"));

    @Override
    public Filter filter() {
        return FILTER;
    }

    @Override
    public List<Message> examples() {
        var all = new ArrayList<>(Messages.odd());
        all.add(Message.of("13912345678 and +44 20 7946 0958"));
        return all;
    }
}
