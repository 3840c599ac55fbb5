package io.kefuhub.core.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What somebody who works here may do. One person may have several. */
public enum Role {
    /** Everything, and who the admins are. */
    @JsonProperty("owner")
    OWNER,
    /** People, channels, plugins, settings. */
    @JsonProperty("admin")
    ADMIN,
    /** Knowledge, and every conversation of their desks. */
    @JsonProperty("supervisor")
    SUPERVISOR,
    /** Talks to customers. */
    @JsonProperty("agent")
    AGENT,
    /** Reads the audit log, changes nothing. */
    @JsonProperty("auditor")
    AUDITOR,
    /** Sees personal data that filters cover before others; whoever is more than an agent does so anyway. */
    @JsonProperty("confidant")
    CONFIDANT;

    /** As it is written in the API and in the database. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
