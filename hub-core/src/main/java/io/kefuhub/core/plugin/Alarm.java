package io.kefuhub.core.plugin;

/** Told when foreign code is given a rest, so that an admin can be. Called from any thread; must be quick. */
@FunctionalInterface
public interface Alarm {
    /**
     * @param problem the last of those that led to it
     * @param times how often in a row it was given a rest without one good answer in between; from 1
     */
    void rests(String name, PluginVersion plugin, String problem, int times);
}
