package io.kefuhub.api;

import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.ResponderContext;

/** Makes responders from an admin's settings. */
public non-sealed interface ResponderFactory extends Contribution {
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
    Responder create(Settings settings, ResponderContext context);
}
