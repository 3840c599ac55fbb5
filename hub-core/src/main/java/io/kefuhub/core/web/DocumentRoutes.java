package io.kefuhub.core.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Serves the description of the API. */
public final class DocumentRoutes implements RouteModule {
    private final byte[] yaml;
    private final byte[] json;

    public DocumentRoutes() {
        try (var document = DocumentRoutes.class.getResourceAsStream("/openapi.yaml")) {
            if (document == null) throw new IllegalStateException("openapi.yaml is not in the jar");
            yaml = document.readAllBytes();
            json = Json.bytes(new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document itself. */
    public static JsonNode document() {
        return Json.tree(new String(new DocumentRoutes().json, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/openapi.yaml", ctx -> ctx.contentType("application/yaml").result(yaml), Access.ANYONE);
        routes.get("/openapi.json", ctx -> ctx.contentType("application/json").result(json), Access.ANYONE);
    }
}
