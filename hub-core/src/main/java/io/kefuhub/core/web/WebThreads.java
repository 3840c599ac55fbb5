package io.kefuhub.core.web;

import java.util.concurrent.ThreadFactory;
import org.eclipse.jetty.util.thread.ThreadPool;

/**
 * A virtual thread for each task of the web server. It takes nothing over from whoever hands the task in: that may happen
 * inside a call of a plugin, and a thread that waits for the next request of an idle connection would keep that plugin's
 * version in memory for as long. Safe for threads.
 */
final class WebThreads implements ThreadPool {
    private static final ClassLoader OWN = WebThreads.class.getClassLoader();

    private final ThreadFactory threads = Thread.ofVirtual()
            .name("web-", 0)
            .inheritInheritableThreadLocals(false)
            .factory();

    @Override
    public void execute(Runnable task) {
        var thread = threads.newThread(task);
        thread.setContextClassLoader(OWN);
        thread.start();
    }

    @Override
    public void join() {
        // Nothing waits for threads that are made as they are needed.
    }

    @Override
    public int getThreads() {
        return 1;
    }

    @Override
    public int getIdleThreads() {
        return 1;
    }

    @Override
    public boolean isLowOnThreads() {
        return false;
    }
}
