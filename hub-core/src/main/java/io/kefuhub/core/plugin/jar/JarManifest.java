package io.kefuhub.core.plugin.jar;

import io.kefuhub.api.Language;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.pf4j.DefaultVersionManager;
import org.pf4j.VersionManager;

/**
 * What a plugin's manifest says of it. Immutable.
 *
 * @param requires a range of versions of the API, such as {@code >=1.0.0 & <2.0.0}
 * @param provider who made it, as it says itself; may be empty
 * @param titles by language; the English one is its id when it names none
 * @param descriptions by language; may be empty
 */
public record JarManifest(
        String id,
        String version,
        String mainClass,
        String requires,
        String provider,
        Map<Language, String> titles,
        Map<Language, String> descriptions) {
    /** The hub's own contributions are offered under this id. */
    private static final String HUB = "hub";

    private static final Pattern ID = Pattern.compile("(?!" + HUB + "$)[a-z][a-z0-9-]{0,59}");
    private static final Pattern VERSION = Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}([-+][0-9A-Za-z.+-]{1,60})?");
    private static final Pattern CLASS = Pattern.compile("[\\p{javaJavaIdentifierPart}.$]{1,300}");
    private static final Pattern RANGE = Pattern.compile(".{1,100}");
    private static final Pattern LABEL = Pattern.compile(".{1,120}");
    private static final Pattern TEXT = Pattern.compile(".{1,2000}");
    private static final String SOME_RANGE = ">=1.0.0 & <2.0.0";
    private static final List<String> REACHING_OUT = List.of("Class-Path", "Plugin-Dependencies");
    private static final VersionManager VERSIONS = new DefaultVersionManager();

    public JarManifest {
        titles = Map.copyOf(titles);
        descriptions = Map.copyOf(descriptions);
    }

    static JarManifest of(ManifestEntries entries, String apiVersion) throws RefusedException {
        var id = entries.required("Plugin-Id", ID, "filter-shipping");
        var titles = texts(entries, "Plugin-Title", LABEL);
        titles.putIfAbsent(Language.EN, id);
        var manifest = new JarManifest(
                id,
                entries.required("Plugin-Version", VERSION, "1.2.3"),
                entries.required("Plugin-Class", CLASS, "com.example.shipping.ShippingPlugin"),
                entries.required("Plugin-Requires", RANGE, SOME_RANGE),
                entries.optional("Plugin-Provider", LABEL, "Example Ltd").orElse(""),
                titles,
                texts(entries, "Plugin-Description", TEXT));
        for (var name : REACHING_OUT) {
            if (entries.has(name)) throw new RefusedException(Why.REACHES_OUT, name);
        }
        manifest.mustAllow(apiVersion);
        return manifest;
    }

    private static Map<Language, String> texts(ManifestEntries entries, String name, Pattern form)
            throws RefusedException {
        var texts = new HashMap<Language, String>();
        entries.optional(name, form, "Tag parcel numbers").ifPresent(text -> texts.put(Language.EN, text));
        entries.optional(name + "-zh", form, "标记快递单号").ifPresent(text -> texts.put(Language.ZH_CN, text));
        return texts;
    }

    private void mustAllow(String apiVersion) throws RefusedException {
        try {
            if (VERSIONS.checkVersionConstraint(apiVersion, requires)) return;
        } catch (RuntimeException _) {
            throw new RefusedException(Why.MANIFEST_UNUSABLE, "Plugin-Requires", requires, SOME_RANGE);
        }
        throw new RefusedException(Why.OTHER_API, requires, apiVersion);
    }
}
