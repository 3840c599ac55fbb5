package io.kefuhub.core.web;

import java.util.Set;

/**
 * A route that was added.
 *
 * @param method upper case
 * @param path with parameters in braces
 */
public record RouteInfo(String method, String path, Set<Access> access) {}
