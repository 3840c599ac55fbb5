package io.kefuhub.core.plugin;

/**
 * Marks responders of the hub's own that answer from memory, in milliseconds: nobody waits for the customer to finish
 * before they are asked, and nothing is shown meanwhile.
 */
public interface Quick {}
