package io.kefuhub.api;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes down every public type of the API and what of it can be used or implemented, sorted, one line each. */
final class ApiText {
    private static final Set<String> OF_EVERY_OBJECT = Set.of("toString", "equals", "hashCode");

    private ApiText() {}

    static String of(Path classes) throws IOException {
        try (var files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                            .map(file -> nameOf(classes.relativize(file)))
                            .filter(name -> !name.endsWith("package-info"))
                            .map(ApiText::load)
                            .filter(ApiText::isPublic)
                            .sorted(Comparator.comparing(Class::getName))
                            .map(ApiText::describe)
                            .collect(Collectors.joining("\n\n"))
                    + "\n";
        }
    }

    private static String nameOf(Path file) {
        var name = file.toString().replace(file.getFileSystem().getSeparator(), ".");
        return name.substring(0, name.length() - ".class".length());
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiText.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    private static String describe(Class<?> type) {
        return Stream.concat(Stream.of(header(type)), members(type).sorted().map(member -> "  " + member))
                .collect(Collectors.joining("\n"));
    }

    private static String header(Class<?> type) {
        var text = new StringBuilder();
        if (type.isSealed()) text.append("sealed ");
        else if (!type.isRecord() && !type.isEnum() && Modifier.isFinal(type.getModifiers())) text.append("final ");
        if (type.isRecord()) text.append("record ");
        else if (type.isEnum()) text.append("enum ");
        else text.append(type.isInterface() ? "interface " : "class ");
        text.append(type.getCanonicalName()).append(variables(type.getTypeParameters()));
        if (type.isRecord()) text.append(components(type.getRecordComponents()));
        var parents = parents(type);
        if (!parents.isEmpty()) text.append(" : ").append(parents);
        return text.toString();
    }

    private static String parents(Class<?> type) {
        var parents = new ArrayList<Type>();
        var base = type.getGenericSuperclass();
        if (base != null && !type.isRecord() && !type.isEnum() && base != Object.class) parents.add(base);
        parents.addAll(List.of(type.getGenericInterfaces()));
        return parents.stream().map(ApiText::shortName).sorted().collect(Collectors.joining(", "));
    }

    private static Stream<String> members(Class<?> type) {
        var constants =
                Arrays.stream(type.getDeclaredFields()).filter(ApiText::isShown).map(ApiText::field);
        var makers = type.isRecord()
                ? Stream.<String>empty()
                : Arrays.stream(type.getDeclaredConstructors())
                        .filter(ApiText::isShown)
                        .map(ApiText::constructor);
        var methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> isShown(method) && !isImplied(type, method))
                .map(ApiText::method);
        return Stream.of(constants, makers, methods).flatMap(all -> all);
    }

    private static boolean isShown(Field field) {
        return Modifier.isPublic(field.getModifiers()) && !field.isSynthetic();
    }

    private static boolean isShown(Executable member) {
        var modifiers = member.getModifiers();
        return (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers)) && !member.isSynthetic();
    }

    private static boolean isImplied(Class<?> type, Method method) {
        if (OF_EVERY_OBJECT.contains(method.getName())) return true;
        if (type.isEnum())
            return method.getName().equals("values") || method.getName().equals("valueOf");
        return type.isRecord()
                && method.getParameterCount() == 0
                && Arrays.stream(type.getRecordComponents())
                        .anyMatch(component -> component.getName().equals(method.getName()));
    }

    private static String field(Field field) {
        if (field.isEnumConstant()) return field.getName();
        return "static " + shortName(field.getGenericType()) + " " + field.getName();
    }

    private static String constructor(Constructor<?> constructor) {
        return "new" + parameters(constructor);
    }

    private static String method(Method method) {
        var text = new StringBuilder();
        if (Modifier.isStatic(method.getModifiers())) text.append("static ");
        if (method.isDefault()) text.append("default ");
        text.append(variables(method.getTypeParameters()));
        text.append(shortName(method.getGenericReturnType())).append(' ').append(method.getName());
        return text.append(parameters(method)).toString();
    }

    private static String parameters(Executable member) {
        var types = Arrays.stream(member.getParameters())
                .map(parameter -> shortName(parameter.getParameterizedType()) + " " + parameter.getName())
                .collect(Collectors.joining(", ", "(", ")"));
        var thrown = Arrays.stream(member.getGenericExceptionTypes())
                .map(ApiText::shortName)
                .collect(Collectors.joining(", "));
        return thrown.isEmpty() ? types : types + " throws " + thrown;
    }

    private static String components(RecordComponent[] components) {
        return Arrays.stream(components)
                .map(component -> shortName(component.getGenericType()) + " " + component.getName())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String variables(TypeVariable<?>[] variables) {
        if (variables.length == 0) return "";
        return Arrays.stream(variables).map(TypeVariable::getName).collect(Collectors.joining(", ", "<", ">"));
    }

    /** Without packages: within the API each simple name is used once, and the rest is the JDK's. */
    private static String shortName(Type type) {
        return type.getTypeName().replace('$', '.').replaceAll("\\b(?:[a-z][a-zA-Z0-9]*\\.)+(?=[A-Z])", "");
    }
}
