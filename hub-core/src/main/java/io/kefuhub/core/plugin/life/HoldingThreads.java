package io.kefuhub.core.plugin.life;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the threads that hold a class loader: those of its classes, under it, or inside its code. */
final class HoldingThreads {
    /**
     * So far down a stack is looked, which is further than libraries go: to walk all of one that foreign code has filled
     * holds everybody up for long, and takes the machine gigabytes.
     */
    private static final int DEEP = 1_000;

    private HoldingThreads() {}

    /** Their names, each with where it is. */
    static List<String> of(ClassLoader loader) {
        var threads = all();
        var ids = threads.stream().mapToLong(Thread::threadId).toArray();
        var seen = ManagementFactory.getThreadMXBean().getThreadInfo(ids, DEEP);
        var holders = new ArrayList<String>();
        for (var i = 0; i < ids.length; i++) {
            // One that has ended meanwhile holds nothing.
            if (seen[i] == null) continue;
            var thread = threads.get(i);
            var stack = seen[i].getStackTrace();
            var own = thread.getContextClassLoader() == loader
                    || thread.getClass().getClassLoader() == loader
                    || runs(stack, loader);
            if (own) holders.add("thread " + thread.getName() + where(stack));
        }
        return holders;
    }

    private static List<Thread> all() {
        var group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) group = group.getParent();
        // More may begin while they are counted.
        var threads = new Thread[2 * group.activeCount() + 64];
        return Arrays.asList(threads).subList(0, group.enumerate(threads));
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
