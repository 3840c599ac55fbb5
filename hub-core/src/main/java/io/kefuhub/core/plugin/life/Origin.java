package io.kefuhub.core.plugin.life;

/** How a plugin file came. */
public enum Origin {
    /** With the hub. */
    BUNDLED,
    /** Somebody put it into the folder. */
    FOLDER,
    /** Somebody uploaded it. */
    UPLOAD
}
