package io.kefuhub.core.plugin.jar;

import io.kefuhub.api.HubPlugin;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.PluginVersion;
import io.kefuhub.core.plugin.Refusal;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.jar.loading.KeptLibraries;
import io.kefuhub.core.plugin.jar.loading.OneJar;
import io.kefuhub.core.plugin.life.About;
import io.kefuhub.core.plugin.life.LoadedPlugin;
import io.kefuhub.core.plugin.life.Origin;
import io.kefuhub.core.plugin.life.PluginFormat;
import io.kefuhub.core.plugin.life.VersionProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plugins that come as jars, each under a PF4J manager of its own: a broken one costs nothing but itself. */
public final class JarFormat implements PluginFormat {
    /** The version of the API this hub has. */
    public static final String API_VERSION = "1.0.0";

    private static final Duration FIRST_CALL = Duration.ofSeconds(5);

    private final Guard guard;
    private final JarInspection inspection;
    private final JarInspection bundled;
    private final Duration firstCall;
    private final KeptLibraries keptLibraries = new KeptLibraries();

    /** @param inspection of what comes from outside; what comes with the hub need not be signed */
    public JarFormat(Guard guard, JarInspection inspection) {
        this(guard, inspection, FIRST_CALL);
    }

    /** @param firstCall within which a plugin says what it offers */
    public JarFormat(Guard guard, JarInspection inspection, Duration firstCall) {
        this.firstCall = firstCall;
        this.guard = guard;
        this.inspection = inspection;
        this.bundled = inspection.unsignedToo();
    }

    @Override
    public String suffix() {
        return ".jar";
    }

    @Override
    public About inspect(Path copy, Origin origin) throws RefusedException {
        return about(inspection(origin).inspect(copy), "");
    }

    @Override
    public About inspect(Path copy, String sha256, Origin origin) throws RefusedException {
        return about(inspection(origin).inspect(copy, sha256), sha256);
    }

    private JarInspection inspection(Origin origin) {
        return origin == Origin.BUNDLED ? bundled : inspection;
    }

    private static About about(Inspected inspected, String sha256) {
        var about = inspected.about();
        return new About(
                about.id(), about.version(), sha256, profile(inspected), inspected.permissions(), inspected.cases());
    }

    private static VersionProfile profile(Inspected inspected) {
        var signer = inspected.signature() instanceof Signature.Signed signed
                ? Optional.of(new VersionProfile.Signer(signed.by(), signed.fingerprint(), signed.trusted()))
                : Optional.<VersionProfile.Signer>empty();
        return new VersionProfile(
                tagged(inspected.about().titles()),
                tagged(inspected.about().descriptions()),
                inspected.about().provider(),
                VersionProfile.Asked.of(inspected.permissions()),
                signer,
                inspected.warnings(),
                Optional.empty());
    }

    private static Map<String, String> tagged(Map<Language, String> texts) {
        return texts.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().tag(), Map.Entry::getValue));
    }

    @Override
    public LoadedPlugin load(Path copy, About about) throws RefusedException {
        var libraries = lend(copy, about);
        var jar = new OneJar(Objects.requireNonNullElse(copy.getParent(), copy), libraries);
        try {
            jar.loadPlugin(copy);
            var plugin = version(about, jar.getPluginClassLoader(about.plugin()));
            var asked =
                    guard.load(plugin, firstCall, () -> offers(plugin, about.permissions(), jar.start(about.plugin())));
            var offers = asked.answer()
                    .orElseThrow(
                            () -> RefusedException.afterItRan(plugin, Refusal.of(Why.DOES_NOT_START, asked.problem())));
            if (!about.permissions().secrets()) mustNotWantSecrets(plugin, offers);
            return new Loaded(jar, libraries, plugin, offers);
        } catch (RefusedException e) {
            jar.unloadPlugin(about.plugin());
            libraries.end().ifPresent(loader -> e.alsoLeft(version(about, loader)));
            throw e;
        } catch (RuntimeException e) {
            jar.unloadPlugin(about.plugin());
            libraries.end();
            throw new RefusedException(Why.CANNOT_BE_LOADED, String.valueOf(e.getMessage()));
        }
    }

    private KeptLibraries.Loan lend(Path copy, About about) throws RefusedException {
        try {
            var libraries = inspection.libraries(copy, about.sha256());
            return keptLibraries.lend(about.plugin(), libraries, copy, about.sha256());
        } catch (IOException e) {
            throw new RefusedException(Why.CANNOT_BE_LOADED, String.valueOf(e.getMessage()));
        }
    }

    private static PluginVersion version(About about, ClassLoader loader) {
        return new PluginVersion(about.plugin(), about.version(), about.sha256(), loader);
    }

    private static List<Offer<?>> offers(PluginVersion plugin, Permissions permissions, HubPlugin hubPlugin) {
        var offers = new ArrayList<Offer<?>>();
        var names = new HashSet<String>();
        for (var contribution : hubPlugin.contributions()) {
            var offer = new Offer<>(plugin, contribution.description(), contribution, permissions);
            if (!names.add(offer.kind() + " " + offer.description().id())) {
                throw new IllegalStateException(
                        "it offers " + offer.description().id() + " twice");
            }
            offers.add(offer);
        }
        if (offers.isEmpty()) throw new IllegalStateException("it offers nothing");
        return offers;
    }

    /** What an offer's form asks for is known only when the plugin is asked, so it is held against the manifest then. */
    private static void mustNotWantSecrets(PluginVersion plugin, List<Offer<?>> offers) throws RefusedException {
        for (var offer : offers) {
            for (var setting : offer.description().settings()) {
                if (setting.type() != SettingSpec.Type.SECRET) continue;
                throw RefusedException.afterItRan(
                        plugin,
                        Refusal.of(
                                Why.SECRET_NOT_ASKED_FOR,
                                offer.description().id(),
                                setting.key(),
                                AskedPermissions.SECRETS));
            }
        }
    }

    private record Loaded(OneJar jar, KeptLibraries.Loan libraries, PluginVersion version, List<Offer<?>> offers)
            implements LoadedPlugin {
        Loaded {
            offers = List.copyOf(offers);
        }

        @Override
        public void makesReady() {
            jar.rests(version.id(), true);
        }

        @Override
        public void serves() {
            jar.rests(version.id(), false);
        }

        @Override
        public List<PluginVersion> unload() {
            jar.stopPlugin(version.id());
            jar.unloadPlugin(version.id());
            var left = new ArrayList<>(List.of(version));
            libraries.end().ifPresent(loader -> left.add(version.withLoader(loader)));
            return left;
        }
    }
}
