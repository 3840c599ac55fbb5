package io.kefuhub.core.plugin.life;

import java.util.List;
import java.util.Optional;

/**
 * All the console shows of plugins at one moment. Immutable.
 *
 * @param underWay activations that have not ended
 * @param refused files in the folders that are no version of any plugin, as far as could be told
 * @param folder where files are dropped
 * @param trouble what keeps the folder from being read
 * @param unloading versions that were unloaded and are not proven to be gone yet
 */
record PluginsView(
        List<PluginCard> plugins,
        List<ActivationCard> underWay,
        List<ActivationCard> refused,
        String folder,
        Optional<String> trouble,
        int unloading) {}
