package io.kefuhub.core.access;

import io.kefuhub.api.Language;
import java.util.Optional;

/**
 * The person who sets up a new hub.
 *
 * @param password for the first sign-in; shown at the first start, kept nowhere
 */
public record FirstOwner(String login, String password) {
    /** Makes the first owner; empty when somebody works here already. */
    public static Optional<FirstOwner> ensure(Staff staff, Language language) {
        return staff.first(language).map(made -> new FirstOwner(made.person().login(), made.password()));
    }
}
