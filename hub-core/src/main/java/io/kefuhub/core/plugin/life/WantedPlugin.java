package io.kefuhub.core.plugin.life;

import java.util.Optional;

/**
 * What is to be on of one plugin. Immutable.
 *
 * @param wanted hash of the version that is to serve; empty when none is
 * @param good hash of the version that served last without trouble
 * @param trying hash of the version that is being started; found after a crash, it is what the hub died of
 * @param tries how often in a row the hub died of it
 * @param approved permissions an admin has agreed to, as JSON
 */
record WantedPlugin(
        String id,
        Optional<String> wanted,
        Optional<String> good,
        Optional<String> trying,
        int tries,
        String approved) {}
