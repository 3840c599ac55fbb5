package io.kefuhub.core.plugin.life;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the threads that hold a class loader: those of its classes, under it, or inside its code. */
final class HoldingThreads {
    private HoldingThreads() {}

    /** Their names, each with where it is. */
    static List<String> of(ClassLoader loader) {
        var holders = new ArrayList<String>();
        for (var entry : Thread.getAllStackTraces().entrySet()) {
            var thread = entry.getKey();
            var own = thread.getContextClassLoader() == loader
                    || thread.getClass().getClassLoader() == loader
                    || runs(entry.getValue(), loader);
            if (own) holders.add("thread " + thread.getName() + where(entry.getValue()));
        }
        return holders;
    }

    private static boolean runs(StackTraceElement[] stack, ClassLoader loader) {
        var name = loader.getName();
        for (var frame : stack) {
            if (name != null && name.equals(frame.getClassLoaderName())) return true;
            if (name == null && defines(loader, frame.getClassName())) return true;
        }
        return false;
    }

    private static boolean defines(ClassLoader loader, String className) {
        if (className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("io.kefuhub.core.")) {
            return false;
        }
        try {
            return Class.forName(className, false, loader).getClassLoader() == loader;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static String where(StackTraceElement[] stack) {
        if (stack.length == 0) return "";
        return Stream.of(stack).limit(3).map(Object::toString).collect(Collectors.joining(" < ", " at ", ""));
    }
}
