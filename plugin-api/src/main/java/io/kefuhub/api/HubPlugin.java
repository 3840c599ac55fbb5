package io.kefuhub.api;

import java.util.List;

/**
 * The one class a plugin jar names in its manifest ({@code Plugin-Class}).
 *
 * <p>It needs a public constructor without parameters, keeps no static state and does no work: everything happens in
 * the instances its contributions create.
 */
public interface HubPlugin {
    /**
     * Says what this plugin adds to the hub.
     *
     * <p>Called once for each time the jar is loaded, from a thread of the hub, within 5 seconds.
     *
     * @return the contributions, at least one, their ids unique within the plugin
     */
    List<Contribution> contributions();
}
