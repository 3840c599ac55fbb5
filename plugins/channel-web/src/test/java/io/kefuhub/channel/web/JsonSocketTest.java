package io.kefuhub.channel.web;

import io.kefuhub.channel.web.frame.JsonWire;
import io.kefuhub.channel.web.frame.Wire;

class JsonSocketTest implements HandOverContract, ResumeContract, SocketContract {
    @Override
    public Wire wire() {
        return new JsonWire();
    }
}
