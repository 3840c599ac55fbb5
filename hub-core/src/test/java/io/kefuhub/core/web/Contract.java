package io.kefuhub.core.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Compares routes with the API's document, both ways. */
public final class Contract {
    private Contract() {}

    /**
     * What is wrong, one line each.
     *
     * @param outside paths that are not the API's, with all below them, such as {@code /console}
     */
    public static List<String> violations(List<RouteInfo> routes, Set<String> outside) {
        var documented = new HashMap<String, String>();
        DocumentRoutes.document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (!operation.getValue().has("operationId")) return;
                    var call = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                    documented.put(call, operation.getValue().path("x-access").asText());
                }));
        var violations = new ArrayList<String>();
        for (var route : routes) {
            var call = route.method() + " " + route.path();
            if (route.access().size() != 1) violations.add(call + " must name one role, but names " + route.access());
            if (outside.stream()
                    .anyMatch(part -> route.path().equals(part) || route.path().startsWith(part + "/"))) continue;
            var access = documented.remove(call);
            if (access == null) {
                violations.add(call + " is not documented");
            } else if (!route.access().stream().map(Enum::name).toList().equals(List.of(access))) {
                violations.add(call + " is documented for " + access + ", but is for " + route.access());
            }
        }
        documented.keySet().forEach(call -> violations.add(call + " is documented, but there is no route"));
        return violations;
    }
}
