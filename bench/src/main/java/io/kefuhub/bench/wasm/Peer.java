package io.kefuhub.bench.wasm;

/** Something that runs the module. */
interface Peer {
    String name();

    /**
     * Asks so often and takes the time of each call.
     *
     * @param fresh whether each call has an instance of its own
     * @return nanoseconds
     */
    long[] ask(int calls, boolean fresh) throws Exception;
}
