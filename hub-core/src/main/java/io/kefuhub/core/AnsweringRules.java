package io.kefuhub.core;

import io.kefuhub.core.answering.TurnTimes;
import io.kefuhub.core.answering.ai.cache.CacheRules;
import io.kefuhub.core.answering.ai.context.PromptRules;
import io.kefuhub.core.answering.ai.context.SummaryRules;
import io.kefuhub.core.answering.knowledge.SearchRules;
import io.kefuhub.core.models.money.KeepingRules;
import io.kefuhub.core.models.routing.Tempo;
import io.kefuhub.core.rules.RuleBook;
import java.util.List;

/** Every number by which the hub answers that an admin may change, from the rooms that go by them. */
final class AnsweringRules {
    static final RuleBook BOOK = new RuleBook(List.of(
            TurnTimes.RULES,
            Tempo.CALLS,
            Tempo.Rest.RULES,
            SearchRules.RULES,
            PromptRules.RULES,
            SummaryRules.RULES,
            CacheRules.RULES,
            KeepingRules.RULES));

    private AnsweringRules() {}
}
