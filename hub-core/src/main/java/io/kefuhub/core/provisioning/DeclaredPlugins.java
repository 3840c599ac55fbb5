package io.kefuhub.core.provisioning;

import io.kefuhub.core.plugin.Permissions;
import java.util.List;
import java.util.Set;

/** Has plugins be allowed what files allow them. What was allowed once stays allowed. */
public final class DeclaredPlugins implements Target<Declarations.Plugin> {
    private final Allowing allowing;

    /** Agrees to what a plugin may ask for. */
    public interface Allowing {
        /** @param actor such as {@code file:shop.yaml} */
        void allow(String plugin, Permissions permissions, String actor);
    }

    public DeclaredPlugins(Allowing allowing) {
        this.allowing = allowing;
    }

    @Override
    public Set<String> files() {
        return Set.of();
    }

    @Override
    public void apply(String file, List<Declarations.Plugin> declared) {
        for (var one : declared) allowing.allow(one.id(), one.allowed(), "file:" + file);
    }
}
