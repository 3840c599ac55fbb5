package io.kefuhub.api;

import io.kefuhub.api.directory.Directory;
import io.kefuhub.api.directory.DirectoryContext;

/** Makes directories from an admin's settings. */
public non-sealed interface DirectoryFactory extends Contribution {
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
    Directory create(Settings settings, DirectoryContext context);
}
