package io.kefuhub.core.plugin;

import io.kefuhub.core.web.Words;

/**
 * The verdict that a candidate is no good. When it is told, the candidate is not asked or believed any more; who is told
 * ends the trial and closes the candidate's slot. Immutable.
 *
 * @param plugin the candidate's version
 * @param generation of the candidate's slot
 * @param reason with the numbers, for an admin's eyes
 */
public record TakeBack(Kind kind, String instance, PluginVersion plugin, long generation, Cause cause, Words reason) {
    public enum Cause {
        /** It failed so often that it is not asked for a while. */
        RESTS,
        ERRORS,
        LATE,
        SLOW,
        /** As a shadow it said too often something else. */
        DISAGREES,
        /** As a canary it says some word much more or less often. */
        DRIFTS
    }
}
