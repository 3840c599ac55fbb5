package io.kefuhub.api.channel;

/** Whether a person could answer now. */
public interface Availability {
    /** Whether at least one agent of the channel's desk is signed in. */
    boolean agentsOnline();
}
