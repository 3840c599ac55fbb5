package io.kefuhub.core.story;

import io.kefuhub.api.Description;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.filter.Found;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps every message with one of its words for review, unless all of it may be said. Immutable. */
public final class KeepingFilter implements Filter {
    static final SettingSpec WORDS = SettingSpec.list("words", "Words");
    static final SettingSpec ALLOWED = SettingSpec.list("allowed", "Allowed").optional();

    private final List<String> words;
    private final List<String> allowed;

    /** Makes them, as {@code keeping}. */
    public static final class Factory implements FilterFactory {
        @Override
        public Description description() {
            return new Description("keeping", Map.of(Language.EN, "Keeping"), List.of(WORDS, ALLOWED));
        }

        @Override
        public Filter create(Settings settings, FilterContext context) {
            return new KeepingFilter(settings.list(WORDS), settings.list(ALLOWED));
        }

        @Override
        public Optional<SettingSpec> allowed() {
            return Optional.of(ALLOWED);
        }
    }

    private KeepingFilter(List<String> words, List<String> allowed) {
        this.words = List.copyOf(words);
        this.allowed = List.copyOf(allowed);
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.CUSTOMER_IN, Stage.BOT_OUT, Stage.AGENT_OUT);
    }

    @Override
    public Verdict apply(Message message, Facts facts, Stage stage) {
        var found = new ArrayList<Found>();
        for (var at = 0; at < message.parts().size(); at++) {
            if (!(message.parts().get(at) instanceof Part.Text(var text))) continue;
            var bare = text;
            for (var saying : allowed) bare = bare.replace(saying, " ".repeat(saying.length()));
            for (var word : words) {
                var from = bare.indexOf(word);
                if (from >= 0) found.add(new Found(word, at, from, from + word.length()));
            }
        }
        return found.isEmpty() ? Verdict.pass() : new Verdict.Hold("look at it", Set.of("test"), found);
    }
}
