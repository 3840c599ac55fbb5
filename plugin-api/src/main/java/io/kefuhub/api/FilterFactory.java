package io.kefuhub.api;

import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import java.util.Optional;

/** Makes filters from an admin's settings. */
public non-sealed interface FilterFactory extends Contribution {
    /**
     * Makes one instance; reads the settings, opens nothing.
     *
     * <p>Called from a thread of the hub within 5 seconds, never twice at once for one instance.
     *
     * @param settings the instance's settings, not yet checked
     * @param context what the hub lends this instance until it is closed
     * @return the instance, ready to be asked
     * @throws SettingsException when a setting is missing or wrong
     */
    Filter create(Settings settings, FilterContext context);

    /** Whether the filter protects people; a failed safety filter holds the message unless the admin says otherwise. */
    default boolean safety() {
        return false;
    }

    /**
     * The setting that takes, a line each, what may be said although the filter would stop it. When a person lets a held
     * message pass, the hub offers to add a line to it; the next message is judged by an instance with that line.
     *
     * @return a {@link SettingSpec.Type#LIST} of {@link #description}; empty when there is none
     */
    default Optional<SettingSpec> allowed() {
        return Optional.empty();
    }
}
