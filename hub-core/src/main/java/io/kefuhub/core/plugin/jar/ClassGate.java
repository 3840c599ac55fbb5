package io.kefuhub.core.plugin.jar;

import io.kefuhub.core.plugin.Permissions.Ability;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.reflect.AccessFlag;
import java.util.Optional;
import java.util.Set;

/**
 * Judges class files by what they refer to, without loading them. Safe for threads.
 *
 * <p>Whatever a class calls stands in its constant pool, method handles and {@code System::exit} included. What it finds
 * by reflection does not: this keeps the careless from harm and the honest to their word, and stops nobody else.
 */
final class ClassGate {
    private final Set<Ability> abilities;

    /**
     * @param abilities that the plugin asks for
     */
    ClassGate(Set<Ability> abilities) {
        this.abilities = abilities;
    }

    /**
     * Refuses a class that calls what its plugin has not asked for, or that no Java could load.
     *
     * @return what was read of it; empty when this Java never loads it
     */
    Optional<ClassModel> judge(String path, byte[] bytes) throws RefusedException {
        if (!ClassFiles.isLoadable(path, bytes)) return Optional.empty();
        try {
            var model = ClassFile.of().parse(bytes);
            judgeCalls(path, model);
            if (!abilities.contains(Ability.NATIVE)) judgeMethods(path, model);
            return Optional.of(model);
        } catch (IllegalArgumentException _) {
            throw new RefusedException(Why.CLASS_UNREADABLE, ClassFiles.name(path));
        }
    }

    private void judgeCalls(String path, ClassModel model) throws RefusedException {
        for (var entry : model.constantPool()) {
            if (!(entry instanceof MemberRefEntry call)) continue;
            var owner = call.owner().asInternalName();
            var method = call.name().stringValue();
            var needed = ForbiddenCalls.needs(owner, method);
            if (needed.isPresent() && !abilities.contains(needed.get())) {
                var name = owner.replace('/', '.') + (method.equals("<init>") ? "" : "." + method);
                throw new RefusedException(
                        Why.FORBIDDEN_CALL,
                        ClassFiles.name(path),
                        name,
                        needed.get().word());
            }
        }
    }

    private static void judgeMethods(String path, ClassModel model) throws RefusedException {
        for (var method : model.methods()) {
            if (method.flags().has(AccessFlag.NATIVE)) {
                throw new RefusedException(
                        Why.NATIVE_METHOD,
                        ClassFiles.name(path),
                        method.methodName().stringValue(),
                        Ability.NATIVE.word());
            }
        }
    }
}
