package io.kefuhub.channel.web;

import io.kefuhub.channel.web.frame.ProtoWire;
import io.kefuhub.channel.web.frame.Wire;

class ProtoSocketTest implements HandOverContract, ResumeContract, SocketContract {
    @Override
    public Wire wire() {
        return new ProtoWire();
    }
}
