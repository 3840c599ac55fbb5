package io.kefuhub.simulators;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One call that the hub made. Immutable.
 *
 * @param path without the query
 * @param parameters what stood in the path's braces
 * @param headers by name in any case
 * @param body as text; empty for multipart
 * @param form the fields of a multipart body that are no files
 * @param uploads its files, on the shelf under a name of the frame until the platform gives them one
 */
public record Call(
        String method,
        String path,
        Map<String, String> parameters,
        Map<String, String> queries,
        Map<String, String> headers,
        String body,
        Map<String, String> form,
        List<Upload> uploads) {

    /** @param name the file's own name */
    public record Upload(String field, Shelf.Item item, String name) {}

    public Call {
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        headers = byName;
        uploads = List.copyOf(uploads);
    }

    public String query(String name) {
        return queries.getOrDefault(name, "");
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** The body as JSON; a missing node when it is none. */
    public JsonNode json() {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
