package io.kefuhub.core.access;

import io.kefuhub.core.web.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A person as the API shows one. */
record PersonView(
        UUID id,
        String login,
        String name,
        List<Role> roles,
        List<UUID> desks,
        String language,
        boolean enabled,
        boolean mustChangePassword,
        Optional<Instant> lastSignIn,
        Optional<String> managedBy) {
    static PersonView of(Person person) {
        return new PersonView(
                person.id(),
                person.login(),
                person.name(),
                person.roles().stream().sorted().toList(),
                person.desks().stream().sorted().toList(),
                person.language().isChinese() ? "zh-CN" : "en",
                person.enabled(),
                person.mustChangePassword(),
                person.lastSignIn(),
                person.managedBy());
    }
}
