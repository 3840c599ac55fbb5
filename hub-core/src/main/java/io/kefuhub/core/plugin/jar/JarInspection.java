package io.kefuhub.core.plugin.jar;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.cases.GoldenCases;
import io.kefuhub.core.plugin.jar.loading.ApiOnly;
import io.kefuhub.core.plugin.jar.loading.Libraries;
import io.kefuhub.core.web.Words;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Judges a plugin's jar by reading it; no code of it runs. Safe for threads.
 *
 * <p>Every entry is read once, within bounds, so that what is loaded later is what was judged: give it a copy that nobody
 * changes.
 */
public final class JarInspection {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final Pattern CASE_FILE = Pattern.compile("META-INF/kefuhub/cases/([^/]+\\.json)");
    private static final Words HUBS_OWN_IS_USED = new Words(
            "It carries %s classes of its own; the hub's are used instead. Leave them out (scope provided).",
            "它自带了 %s 的类，但实际使用的是本系统的：请不要打进 jar（依赖范围用 provided）。");

    /** So many jars that were read are remembered. */
    private static final int MOST_KNOWN = 32;

    private final boolean signedOnly;
    private final Signatures signatures;
    /** What was read of jars, by the SHA-256 of their bytes: the same bytes say the same every time. */
    private final Cache<String, Reading> known;

    /** All that a jar says of itself, whoever signed it. */
    private record Reading(
            JarManifest about,
            Permissions permissions,
            Libraries libraries,
            Set<String> names,
            GoldenCases cases,
            List<Words> warnings) {}

    /**
     * @param signedOnly whether a jar must be signed by somebody who is trusted
     * @param trust the folder with the certificates of those who are, or who vouch for others; need not exist
     */
    public JarInspection(boolean signedOnly, Path trust, InstantSource clock) {
        this(
                signedOnly,
                new Signatures(new SignerTrust(new TrustedCertificates(trust), clock)),
                Caffeine.newBuilder().maximumSize(MOST_KNOWN).build());
    }

    private JarInspection(boolean signedOnly, Signatures signatures, Cache<String, Reading> known) {
        this.signedOnly = signedOnly;
        this.signatures = signatures;
        this.known = known;
    }

    /** The same, of jars that need not be signed. */
    JarInspection unsignedToo() {
        return new JarInspection(false, signatures, known);
    }

    /**
     * @param privateCopy which nobody changes any more
     * @throws RefusedException with the first reason found against it
     */
    public Inspected inspect(Path privateCopy) throws RefusedException {
        return judge(privateCopy, read(privateCopy));
    }

    /** @param sha256 of the private copy: what was read of the same bytes before is not read again, but its signature is */
    Inspected inspect(Path privateCopy, String sha256) throws RefusedException {
        return judge(privateCopy, reading(privateCopy, sha256));
    }

    /**
     * What of a jar stays loaded from one version to the next.
     *
     * @param sha256 of the private copy; empty when it is not known
     */
    Libraries libraries(Path privateCopy, String sha256) throws RefusedException {
        return sha256.isEmpty()
                ? read(privateCopy).libraries()
                : reading(privateCopy, sha256).libraries();
    }

    private Reading reading(Path privateCopy, String sha256) throws RefusedException {
        var reading = known.getIfPresent(sha256);
        if (reading == null) {
            reading = read(privateCopy);
            known.put(sha256, reading);
        }
        return reading;
    }

    /** Who is trusted changes with the folder of certificates and with the time, so this is asked every time. */
    private Inspected judge(Path privateCopy, Reading reading) throws RefusedException {
        var signature = signatures.verify(privateCopy, reading.names());
        var objection = signature.objection(signedOnly);
        if (objection.isPresent()) throw new RefusedException(objection.get());
        return new Inspected(
                reading.about(),
                reading.permissions(),
                reading.libraries(),
                signature,
                reading.cases(),
                reading.warnings());
    }

    private static Reading read(Path privateCopy) throws RefusedException {
        try (var zip = BoundedZip.open(privateCopy)) {
            var manifest = ManifestEntries.of(manifest(zip));
            var about = JarManifest.of(manifest, JarFormat.API_VERSION);
            var permissions = AskedPermissions.of(manifest);
            var path = ClassFiles.path(about.mainClass());
            if (!zip.names().contains(path)) throw new RefusedException(Why.NO_PLUGIN_CLASS, about.mainClass());
            var cases = new GoldenCases.Draft();
            var gate = new ClassGate(permissions.abilities());
            var libraryGate = LibraryGate.of(manifest, about.mainClass(), zip.names());
            for (var name : zip.names()) {
                var caseFile = CASE_FILE.matcher(name);
                if (ClassFiles.isClass(name)) {
                    var read = gate.judge(name, zip.read(name));
                    if (read.isPresent()) libraryGate.judge(name, read.get());
                } else if (caseFile.matches()) cases.add(caseFile.group(1), zip.read(name));
                else if (!name.equals(MANIFEST)) zip.skip(name);
            }
            return new Reading(
                    about,
                    permissions,
                    libraryGate.libraries(),
                    new LinkedHashSet<>(zip.names()),
                    cases.finish(),
                    warnings(zip));
        }
    }

    /** Java takes a manifest in any case of letters; two readers must not see two of them. */
    private static byte[] manifest(BoundedZip zip) throws RefusedException {
        for (var name : zip.names()) {
            if (name.equalsIgnoreCase(MANIFEST) && !name.equals(MANIFEST)) {
                throw new RefusedException(Why.DOUBLED_NAME, name);
            }
        }
        if (!zip.names().contains(MANIFEST)) throw new RefusedException(Why.NO_MANIFEST);
        return zip.read(MANIFEST);
    }

    private static List<Words> warnings(BoundedZip zip) {
        var warnings = new ArrayList<Words>();
        for (var shown : ApiOnly.SHOWN) {
            var folder = shown.replace('.', '/');
            if (zip.names().stream().anyMatch(name -> name.startsWith(folder) && ClassFiles.isClass(name))) {
                warnings.add(HUBS_OWN_IS_USED.with(shown + "*"));
            }
        }
        return warnings;
    }
}
