package io.kefuhub.core.models.screening;

import io.kefuhub.api.Description;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Puts numbers of six digits and more out of a model's sight, and lets nothing secret leave. */
public final class Hiding implements Filter {
    private static final Pattern NUMBER = Pattern.compile("\\d{6,}");

    /** Makes them. */
    public static final class Factory implements FilterFactory {
        @Override
        public Description description() {
            return new Description("hiding", Map.of(Language.EN, "Hiding"), List.of());
        }

        @Override
        public Filter create(Settings settings, FilterContext context) {
            return new Hiding();
        }
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.TO_MODEL);
    }

    @Override
    public Verdict apply(Message message, Facts facts, Stage stage) {
        if (message.text().contains("secret")) return Verdict.block("a secret");
        var hidden = new HashMap<String, String>();
        List<Part> parts = message.parts().stream()
                .<Part>map(part -> new Part.Text(hide(((Part.Text) part).value(), hidden)))
                .toList();
        return new Verdict.Rewrite(parts, Set.of(), Map.copyOf(hidden));
    }

    private static String hide(String text, Map<String, String> hidden) {
        return NUMBER.matcher(text).replaceAll(found -> {
            var placeholder = "[N" + (hidden.size() + 1) + "]";
            hidden.put(placeholder, found.group());
            return placeholder;
        });
    }
}
