package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.Files;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pictures of one question. A module writes {@code {{picture:ID}}} where one belongs, and the hub puts it there as
 * base64, so that no picture has to go through the module. One thread only.
 */
final class ModelPictures {
    private static final long MOST = 5 << 20;
    private static final Pattern PLACE = Pattern.compile("\\{\\{picture:([A-Za-z0-9_-]{1,80})}}");

    private final Files files;
    private final Map<String, StoredFile> usable = new LinkedHashMap<>();

    /** @param module that sees none, unless an admin allowed it the hub's files */
    ModelPictures(ModuleInstance module, AiRequest request) {
        this.files = module.context().files();
        if (!module.manifest().permissions().files()) return;
        for (var turn : request.messages()) {
            for (var file : turn.pictures()) {
                if (file.isPicture() && file.size() <= MOST) usable.put(file.id(), file);
            }
        }
    }

    /** Those that a model can be shown. */
    Set<String> shown() {
        return usable.keySet();
    }

    /** Those that a body has no place for. */
    Set<String> missing(String body) {
        var missing = new HashSet<>(usable.keySet());
        PLACE.matcher(body).results().forEach(found -> missing.remove(found.group(1)));
        return missing;
    }

    Set<String> without(Set<String> unseen) {
        var rest = new HashSet<>(usable.keySet());
        rest.removeAll(unseen);
        return rest;
    }

    /** What names no picture of this question stays as it is: a customer may have written it. */
    String fill(String body) {
        if (usable.isEmpty()) return body;
        return PLACE.matcher(body)
                .replaceAll(found -> usable.containsKey(found.group(1))
                        ? base64(found.group(1))
                        : Matcher.quoteReplacement(found.group()));
    }

    private String base64(String id) {
        var opened = files.open(id);
        if (opened.isEmpty()) throw gone();
        try (var content = opened.get()) {
            return Base64.getEncoder().encodeToString(content.readAllBytes());
        } catch (IOException e) {
            throw gone();
        }
    }

    private static WasmFault gone() {
        return new WasmFault(WasmFault.Kind.REFUSED, "a picture of the question is gone");
    }
}
