package io.kefuhub.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.plugin.Permissions.Ability;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PermissionsTest {
    private static final Permissions SOME = new Permissions(
            new AllowedHosts(List.of("*.example.com", "localhost:11434")), true, true, Set.of(Ability.EXEC));

    @Test
    void the_same_again_has_not_grown() {
        assertThat(SOME.grewSince(SOME)).isFalse();
        assertThat(Permissions.NONE.grewSince(Permissions.NONE)).isFalse();
    }

    @Test
    void less_has_not_grown() {
        var less = new Permissions(new AllowedHosts(List.of("api.example.com")), false, false, Set.of());

        assertThat(less.grewSince(SOME)).isFalse();
        assertThat(Permissions.NONE.grewSince(SOME)).isFalse();
    }

    @Test
    void what_was_not_approved_yet_is_named_alone() {
        var more = new Permissions(
                new AllowedHosts(List.of("api.example.com", "example.org")),
                true,
                true,
                Set.of(Ability.EXEC, Ability.NATIVE));

        assertThat(more.grewSince(SOME)).isTrue();
        assertThat(more.beyond(SOME))
                .isEqualTo(new Permissions(
                        new AllowedHosts(List.of("example.org")), false, false, Set.of(Ability.NATIVE)));
    }

    @Test
    void each_of_the_four_may_grow() {
        assertThat(new Permissions(AllowedHosts.ALL, true, true, Set.of(Ability.EXEC)).grewSince(SOME))
                .isTrue();
        assertThat(new Permissions(AllowedHosts.NONE, true, false, Set.of()).grewSince(Permissions.NONE))
                .isTrue();
        assertThat(new Permissions(AllowedHosts.NONE, false, true, Set.of()).grewSince(Permissions.NONE))
                .isTrue();
        assertThat(new Permissions(AllowedHosts.NONE, false, false, Set.of(Ability.EXIT)).grewSince(SOME))
                .isTrue();
    }

    @Test
    void what_one_or_the_other_asks_for_is_asked_for_by_both_together() {
        var secrets = new Permissions(AllowedHosts.NONE, false, true, Set.of());
        var files = new Permissions(AllowedHosts.NONE, true, false, Set.of());

        assertThat(secrets.and(files)).isEqualTo(new Permissions(AllowedHosts.NONE, true, true, Set.of()));
        assertThat(files.and(files).secrets()).isFalse();
    }
}
