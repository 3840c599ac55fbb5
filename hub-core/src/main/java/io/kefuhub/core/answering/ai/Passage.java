package io.kefuhub.core.answering.ai;

import io.kefuhub.api.respond.Response;

/**
 * A piece of what the hub knows. Immutable.
 *
 * @param source what it is a piece of, as agents can open it
 * @param text what models read
 * @param score from 0 to 1; how near it is to what was asked
 */
public record Passage(Response.Citation source, String text, double score) {}
