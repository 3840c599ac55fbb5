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
import io.kefuhub.api.message.Part;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets no model see one phone number, for which a placeholder stands. */
public final class Hiding implements HubPlugin {
    public static final String PHONE = "13800138000";
    public static final String PLACEHOLDER = "[PHONE]";

    @Override
    public List<Contribution> contributions() {
        return List.of(new Factory());
    }

    private static final class Factory implements FilterFactory {
        @Override
        public Description description() {
            return new Description("hiding", Map.of(Language.EN, "Hiding"), List.of());
        }

        @Override
        public Filter create(Settings settings, FilterContext context) {
            return new Placing();
        }
    }

    private static final class Placing implements Filter {
        @Override
        public Set<Stage> stages() {
            return Set.of(Stage.TO_MODEL);
        }

        @Override
        public Verdict apply(Message message, Facts facts, Stage stage) {
            if (!message.text().contains(PHONE)) return Verdict.pass();
            var parts = message.parts().stream()
                    .map(part -> part instanceof Part.Text(var text)
                            ? new Part.Text(text.replace(PHONE, PLACEHOLDER))
                            : part)
                    .toList();
            return new Verdict.Rewrite(parts, Set.of(), Map.of(PLACEHOLDER, PHONE));
        }
    }
}
