package io.kefuhub.core.plugin.jar;

import io.kefuhub.core.plugin.Permissions.Ability;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The calls into the JDK that a plugin must ask for, by class and method. */
final class ForbiddenCalls {
    private static final Map<String, Map<Ability, Set<String>>> NAMED = Map.of(
            "java/lang/System", Map.of(Ability.EXIT, Set.of("exit"), Ability.NATIVE, Set.of("load", "loadLibrary")),
            "java/lang/Runtime",
                    Map.of(
                            Ability.EXIT, Set.of("exit", "halt", "addShutdownHook"),
                            Ability.EXEC, Set.of("exec"),
                            Ability.NATIVE, Set.of("load", "loadLibrary")),
            "java/lang/Thread", Map.of(Ability.EXIT, Set.of("stop", "suspend", "resume")),
            "java/lang/ThreadGroup", Map.of(Ability.EXIT, Set.of("stop", "suspend", "resume", "interrupt")),
            "java/lang/ProcessHandle", Map.of(Ability.EXEC, Set.of("destroy", "destroyForcibly")),
            "java/lang/foreign/MemorySegment", Map.of(Ability.NATIVE, Set.of("reinterpret")),
            "java/lang/foreign/AddressLayout", Map.of(Ability.NATIVE, Set.of("withTargetLayout")),
            "java/lang/ModuleLayer$Controller", Map.of(Ability.NATIVE, Set.of("enableNativeAccess")));

    private static final Map<String, Ability> WHOLE_CLASSES = Map.of(
            "java/lang/ProcessBuilder", Ability.EXEC,
            "java/lang/foreign/Linker", Ability.NATIVE,
            "java/lang/foreign/SymbolLookup", Ability.NATIVE,
            "sun/misc/Signal", Ability.EXIT);

    private static final Map<String, Ability> WHOLE_PACKAGES =
            Map.of("java/lang/instrument/", Ability.NATIVE, "com/sun/tools/attach/", Ability.NATIVE);

    private ForbiddenCalls() {}

    /** What a call needs; empty for what every plugin may. */
    static Optional<Ability> needs(String owner, String method) {
        var whole = WHOLE_CLASSES.get(owner);
        if (whole != null) return Optional.of(whole);
        for (var named : NAMED.getOrDefault(owner, Map.of()).entrySet()) {
            if (named.getValue().contains(method)) return Optional.of(named.getKey());
        }
        return Optional.ofNullable(WHOLE_PACKAGES.get(owner.substring(0, owner.lastIndexOf('/') + 1)));
    }
}
