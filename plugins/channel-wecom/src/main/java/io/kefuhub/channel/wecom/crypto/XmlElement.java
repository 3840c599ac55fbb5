package io.kefuhub.channel.wecom.crypto;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element of an XML document. Immutable.
 *
 * @param text its own, without that of its children
 */
public record XmlElement(String name, String text, List<XmlElement> children) {
    public XmlElement {
        children = List.copyOf(children);
    }

    /** Returns the text of the first child of that name; empty when there is none. */
    public String text(String child) {
        return child(child).map(XmlElement::text).orElse("");
    }

    public Optional<XmlElement> child(String child) {
        return all(child).findFirst();
    }

    public Stream<XmlElement> all(String child) {
        return children.stream().filter(element -> element.name.equals(child));
    }
}
