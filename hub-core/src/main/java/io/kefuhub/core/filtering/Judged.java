package io.kefuhub.core.filtering;

import java.util.Set;

/**
 * What one filter said, for the trace.
 *
 * @param version of the plugin it belongs to
 * @param verdict {@code pass}, {@code rewrite}, {@code hold}, {@code block}, or what its failure was
 */
public record Judged(String filter, String version, String verdict, Set<String> tags, long micros) {}
