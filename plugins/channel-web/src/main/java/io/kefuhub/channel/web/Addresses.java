package io.kefuhub.channel.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Whom an address stands for: an IPv6 subscriber has a whole /64. */
final class Addresses {
    private Addresses() {}

    static String network(String address) {
        if (!address.contains(":")) return address;
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8)) + "/64"
                    : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
