package io.kefuhub.simulators;

/** Where a platform hangs its API. Faults, journal and reading of bodies are the frame's; a path is Javalin's kind. */
public interface Routes {
    /** Answers one call; runs on a virtual thread, at once with others. */
    @FunctionalInterface
    interface Endpoint {
        Answer answer(Call call);
    }

    /** Answers who wants to open a socket. */
    @FunctionalInterface
    interface Door {
        Opening open(Call call);
    }

    sealed interface Opening {
        record Opened(SocketSide side) implements Opening {}

        record Refused(Answer answer) implements Opening {}
    }

    /** @param method GET, POST, PUT, PATCH or DELETE */
    void add(String method, String path, Endpoint endpoint);

    void socket(String path, Door door);

    default void get(String path, Endpoint endpoint) {
        add("GET", path, endpoint);
    }

    default void post(String path, Endpoint endpoint) {
        add("POST", path, endpoint);
    }
}
