package io.kefuhub.api.web;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call from outside. Nothing in it is verified.
 *
 * @param method upper case
 * @param path as sent, decoded, without the query
 * @param rest what follows the {@link PublicPath} it matched, beginning with a slash or empty
 * @param query parameters, decoded
 * @param headers by lower-case name
 * @param address of the caller, as far as the hub's trusted proxies tell
 * @param secure whether the caller used TLS
 * @param host what the caller calls this hub, with the port
 * @param body read at most once; its length is bounded by the hub
 */
public record WebRequest(
        String method,
        String path,
        String rest,
        Map<String, List<String>> query,
        Map<String, String> headers,
        String address,
        boolean secure,
        String host,
        InputStream body) {
    public WebRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** Returns a header by its lower-case name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Returns the first value of a query parameter. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).map(List::getFirst);
    }

    /** The origin ({@code scheme://host}) that this hub has for the caller. */
    public String origin() {
        return (secure ? "https://" : "http://") + host;
    }
}
