package io.kefuhub.core.models.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * What assistants name instead of a model. Immutable.
 *
 * @param deployments by key, in the order in which they are asked; neighbours with the same model share by weight
 * @param cheaper the one of them that is asked first when a budget is nearly used
 * @param managedBy the file that declares it
 */
public record Alias(
        String name, String title, List<String> deployments, Optional<String> cheaper, Optional<String> managedBy) {
    public Alias {
        deployments = List.copyOf(deployments);
    }

    public Alias withManagedBy(Optional<String> changed) {
        return new Alias(name, title, deployments, cheaper, changed);
    }
}
