package io.kefuhub.core.desk;

import java.time.Instant;

/**
 * How the files that declare things fare, as those who set the hub up are told.
 *
 * @param problems how many there are now
 * @param at when the files were last read
 */
public record Provisioned(int problems, Instant at) {}
