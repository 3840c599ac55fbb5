package io.kefuhub.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Description;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.filter.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContributionsTest {
    private final Contributions contributions = new Contributions();

    @Test
    void a_slot_takes_the_place_of_the_one_with_its_name() {
        contributions.replace(filter("a"));
        contributions.replace(filter("b"));
        var newer = filter("a");

        var older = contributions.replace(newer);

        assertThat(older).isPresent().get().isNotSameAs(newer);
        assertThat(names()).containsExactly("a", "b");
        assertThat(contributions.now().filter("a")).containsSame(newer);
    }

    @Test
    void the_admin_orders_filters() {
        for (var name : List.of("a", "b", "c", "d")) contributions.replace(filter(name));

        contributions.change(draft -> draft.order(Kind.FILTER, List.of("c", "a", "unknown")));

        assertThat(names()).containsExactly("c", "a", "b", "d");
    }

    @Test
    void who_holds_a_snapshot_sees_no_change_in_it() {
        contributions.replace(filter("a"));
        var held = contributions.now();

        contributions.remove(Kind.FILTER, "a");

        assertThat(held.filters()).hasSize(1);
        assertThat(contributions.filters()).isEmpty();
    }

    @Test
    void listeners_are_told_once_for_a_swap_of_many() {
        var told = new ArrayList<Integer>();
        contributions.listen(snapshot -> told.add(snapshot.filters().size()));

        contributions.change(draft -> draft.put(filter("a")).put(filter("b")));

        assertThat(told).containsExactly(2);
    }

    @Test
    void a_change_that_throws_changes_nothing() {
        assertThatThrownBy(() -> contributions.change(draft -> {
                    draft.put(filter("a"));
                    throw new IllegalStateException("half way");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(contributions.filters()).isEmpty();
    }

    @Test
    void two_plugins_cannot_offer_the_same() {
        contributions.add(new Offer<>(Foreign.PLUGIN, description(), new Plain()));
        var other = new PluginVersion("other", "1.0.0", "01", Foreign.LOADER);

        assertThatThrownBy(() -> contributions.add(new Offer<>(other, description(), new Plain())))
                .hasMessageContaining("is offered by foreign 1.0.0 already");
    }

    @Test
    void a_version_leaves_with_all_that_was_made_from_it() {
        contributions.add(new Offer<>(Foreign.PLUGIN, description(), new Plain()));
        contributions.replace(Foreign.filter("theirs", Kind.FILTER.deadline(), _ -> Verdict.pass()));
        contributions.replace(filter("ours"));

        contributions.change(draft -> draft.remove(Foreign.PLUGIN));

        assertThat(contributions.now().offers()).isEmpty();
        assertThat(names()).containsExactly("ours");
    }

    private List<String> names() {
        return contributions.filters().stream().map(Slot::instance).toList();
    }

    private static Slot<Filter> filter(String name) {
        return Slot.of(Kind.FILTER, name, Foreign.asFilter(_ -> Verdict.pass()));
    }

    private static Description description() {
        return new Description("plain", Map.of(Language.EN, "Plain"), List.of());
    }

    private static final class Plain implements FilterFactory {
        @Override
        public Description description() {
            return ContributionsTest.description();
        }

        @Override
        public Filter create(Settings settings, FilterContext context) {
            return Foreign.asFilter(_ -> Verdict.pass());
        }
    }
}
