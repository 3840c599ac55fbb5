package io.kefuhub.core.filtering;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Scope;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static final ConversationId CONVERSATION = new ConversationId(new UUID(0, 1));

    private final Guard guard = new Guard();
    private final Contributions contributions = new Contributions();
    private final FilterChain chain = new FilterChain(contributions, guard);

    @AfterEach
    void end() {
        guard.close();
    }

    @Test
    void a_filter_is_asked_for_its_desks_only() {
        blocking(Terms.of(Kind.FILTER).withScope(new Scope(Set.of("shop"), Set.of())), false);

        assertThat(apply("shop", Stage.CUSTOMER_IN)).isInstanceOf(Filtered.Blocked.class);
        assertThat(apply("repairs", Stage.CUSTOMER_IN)).isInstanceOf(Filtered.Through.class);
    }

    @Test
    void a_filter_is_not_asked_at_a_stage_the_admin_took_from_it() {
        blocking(Terms.of(Kind.FILTER).withScope(new Scope(Set.of(), Set.of(Stage.BOT_OUT))), false);

        assertThat(apply("shop", Stage.CUSTOMER_IN)).isInstanceOf(Filtered.Blocked.class);
        assertThat(apply("shop", Stage.BOT_OUT)).isInstanceOf(Filtered.Through.class);
    }

    @Test
    void what_a_failure_means_is_the_admins_choice() {
        blocking(Terms.of(Kind.FILTER).withWhenFailed(Terms.WhenFailed.PASS), true);
        assertThat(apply("shop", Stage.CUSTOMER_IN)).isInstanceOf(Filtered.Through.class);

        blocking(Terms.of(Kind.FILTER).withWhenFailed(Terms.WhenFailed.HOLD), true);
        assertThat(apply("shop", Stage.CUSTOMER_IN)).isInstanceOf(Filtered.Held.class);

        blocking(Terms.of(Kind.FILTER).withWhenFailed(Terms.WhenFailed.BLOCK), true);
        assertThat(apply("shop", Stage.CUSTOMER_IN)).isInstanceOf(Filtered.Blocked.class);
    }

    private void blocking(Terms terms, boolean failing) {
        var filter = new Filter() {
            @Override
            public Set<Stage> stages() {
                return Set.of(Stage.values());
            }

            @Override
            public Verdict apply(Message message, Facts facts, Stage stage) {
                if (failing) throw new IllegalStateException("broken");
                return Verdict.block("never");
            }
        };
        contributions.replace(Slot.of(Kind.FILTER, "blocking", filter, terms));
    }

    private Filtered apply(String desk, Stage stage) {
        var facts = new Facts(desk, "web", Language.EN, Map.of(), Instant.EPOCH, List.of());
        return chain.apply(CONVERSATION, Message.of("hello"), facts, stage);
    }
}
