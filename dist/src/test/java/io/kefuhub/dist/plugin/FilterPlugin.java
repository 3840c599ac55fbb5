package io.kefuhub.dist.plugin;

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

/** One filter that lets everything pass, once it has looked at it. */
public abstract class FilterPlugin implements HubPlugin {
    private final String id;

    FilterPlugin(String id) {
        this.id = id;
    }

    void look(String text) {}

    @Override
    public List<Contribution> contributions() {
        return List.of(new Factory());
    }

    private final class Factory implements FilterFactory {
        @Override
        public Description description() {
            return new Description(id, Map.of(Language.EN, id), List.of());
        }

        @Override
        public Filter create(Settings settings, FilterContext context) {
            return new Looking();
        }
    }

    private final class Looking implements Filter {
        @Override
        public Set<Stage> stages() {
            return Set.of(Stage.CUSTOMER_IN);
        }

        @Override
        public Verdict apply(Message message, Facts facts, Stage stage) {
            look(message.text());
            return Verdict.pass();
        }
    }
}
