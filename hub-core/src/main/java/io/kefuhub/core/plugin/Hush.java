package io.kefuhub.core.plugin;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Keeps out of the log whatever is logged while something is only tried out, by plugins too. Immutable. */
public final class Hush extends TurboFilter {
    private static final Hush ONE = new Hush();

    private Hush() {}

    /** Holds from now on for the whole process. */
    public static void begin() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getTurboFilterList().addIfAbsent(ONE);
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        return Rehearsal.isOn() ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
