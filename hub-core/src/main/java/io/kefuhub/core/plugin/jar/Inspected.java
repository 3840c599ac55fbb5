package io.kefuhub.core.plugin.jar;

import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.cases.GoldenCases;
import io.kefuhub.core.plugin.jar.loading.Libraries;
import io.kefuhub.core.web.Words;
import java.util.List;

/**
 * What is known of a plugin's jar before any code of it has run. Immutable.
 *
 * @param about what its manifest says of it
 * @param permissions what it asks to be allowed; more its code does not do, as far as it can be seen
 * @param libraries of it that stay loaded from one version to the next
 * @param signature whose it is
 * @param cases to be asked once its code runs, before it serves
 * @param warnings what an admin or its author should know, though it is no reason to refuse it
 */
public record Inspected(
        JarManifest about,
        Permissions permissions,
        Libraries libraries,
        Signature signature,
        GoldenCases cases,
        List<Words> warnings) {
    public Inspected {
        warnings = List.copyOf(warnings);
    }
}
