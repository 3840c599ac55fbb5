package io.kefuhub.bench.plugin;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.Description;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.HubPlugin;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A filter that lets everything pass, so that the trace of every message says which version of it judged. */
public final class WatchPlugin implements HubPlugin {
    public static final String FILTER = "bench-watch";

    @Override
    public List<Contribution> contributions() {
        return List.of(new Factory());
    }

    private static final class Factory implements FilterFactory {
        @Override
        public Description description() {
            return new Description(FILTER, Map.of(Language.EN, "Watch", Language.ZH_CN, "观察"), List.of());
        }

        @Override
        public Filter create(Settings settings, FilterContext context) {
            return new Watch();
        }
    }

    private static final class Watch implements Filter {
        @Override
        public Set<Stage> stages() {
            return Set.of(Stage.CUSTOMER_IN, Stage.BOT_OUT);
        }

        @Override
        public Verdict apply(Message message, Facts facts, Stage stage) {
            return Verdict.pass();
        }
    }
}
