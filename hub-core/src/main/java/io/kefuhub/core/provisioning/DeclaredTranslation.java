package io.kefuhub.core.provisioning;

import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.translation.DeskRules;
import io.kefuhub.core.translation.TranslationRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes what translators are told be as files declare it. */
public final class DeclaredTranslation implements Target<Declarations.Translation> {
    private final TranslationRules rules;
    private final Supplier<Map<String, UUID>> desks;

    /** @param desks the desks there are, by key */
    public DeclaredTranslation(TranslationRules rules, Supplier<Map<String, UUID>> desks) {
        this.rules = rules;
        this.desks = desks;
    }

    @Override
    public Set<String> files() {
        return rules.files();
    }

    @Override
    public void apply(String file, List<Declarations.Translation> declared) {
        var known = desks.get();
        var wanted = new LinkedHashMap<DeskId, DeskRules>();
        for (var one : declared) {
            var desk = known.get(one.desk());
            if (desk == null) throw UnfitException.noDesk(one.at(), one.desk());
            var id = new DeskId(desk);
            wanted.put(id, new DeskRules(id, one.detectAlias(), one.glossary(), 0, Optional.of(file)));
        }
        rules.declare(file, wanted);
    }
}
