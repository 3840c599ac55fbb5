package io.kefuhub.channel.wecom.crypto;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Text;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads XML from people who may mean harm: no document type, no entity from outside, nothing included. */
public final class SafeXml {
    private SafeXml() {}

    /** Returns the root; empty when the text is no XML, or has a document type. */
    public static Optional<XmlElement> read(String text) {
        try {
            var builder = factory().newDocumentBuilder();
            builder.setErrorHandler(new Silent());
            var document = builder.parse(new InputSource(new StringReader(text)));
            return Optional.ofNullable(document.getDocumentElement()).map(SafeXml::element);
        } catch (SAXException | IOException _) {
            return Optional.empty();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's XML parser cannot be made safe", e);
        }
    }

    private static DocumentBuilderFactory factory() throws ParserConfigurationException {
        // The JDK's own by name: a parser somebody else brought along may not know these limits.
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        factory.setCoalescing(true);
        return factory;
    }

    private static XmlElement element(Element element) {
        var children = new ArrayList<XmlElement>();
        var text = new StringBuilder();
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) children.add(element(child));
            else if (node instanceof Text words) text.append(words.getData());
        }
        return new XmlElement(element.getTagName(), text.toString(), children);
    }

    /** The parser's own would write what an attacker sent to the console. */
    private static final class Silent implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {}

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
