package io.kefuhub.simulators.wecom;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The flat XML of callbacks and passive replies. */
final class Xml {
    private Xml() {}

    /** Numbers as they are, texts as CDATA; what is a map becomes elements inside. */
    static String of(Map<String, ?> elements) {
        return "<xml>" + inside(elements) + "</xml>";
    }

    private static String inside(Map<String, ?> elements) {
        var text = new StringBuilder();
        elements.forEach((name, value) -> {
            text.append('<').append(name).append('>');
            switch (value) {
                case Number number -> text.append(number);
                case Raw raw -> text.append(raw.value);
                default ->
                    text.append("<![CDATA[")
                            .append(value.toString().replace("]]>", "]]]]><![CDATA[>"))
                            .append("]]>");
            }
            text.append("</").append(name).append('>');
        });
        return text.toString();
    }

    /** XML inside XML. */
    record Raw(String value) {
        static Raw of(Map<String, ?> elements) {
            return new Raw(inside(elements));
        }
    }

    /** The texts of the elements right under the root. */
    static Map<String, String> read(String xml) throws Seal.BrokenException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            var root = builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
            var found = new LinkedHashMap<String, String>();
            for (var node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element element) found.put(element.getTagName(), element.getTextContent());
            }
            return found;
        } catch (ParserConfigurationException | SAXException | java.io.IOException e) {
            throw new Seal.BrokenException("it is not XML");
        }
    }
}
