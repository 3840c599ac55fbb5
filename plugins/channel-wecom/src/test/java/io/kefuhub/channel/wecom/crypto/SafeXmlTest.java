package io.kefuhub.channel.wecom.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeXmlTest {
    @Test
    void texts_are_read_in_either_form_and_in_any_order() {
        var xml = SafeXml.read(
                        "<xml><Content><![CDATA[a < b & c]]></Content><Other>x</Other><From>l&amp;i</From></xml>")
                .orElseThrow();

        assertThat(xml.text("From")).isEqualTo("l&i");
        assertThat(xml.text("Content")).isEqualTo("a < b & c");
        assertThat(xml.text("content")).isEmpty();
        assertThat(xml.text("Missing")).isEmpty();
    }

    @Test
    void nested_elements_are_reached_by_name() {
        var xml = SafeXml.read(
                        "<xml><SelectedItems><SelectedItem><QuestionKey>k</QuestionKey>"
                                + "<OptionIds><OptionId>1</OptionId><OptionId>2</OptionId></OptionIds></SelectedItem></SelectedItems></xml>")
                .orElseThrow();

        var item =
                xml.child("SelectedItems").orElseThrow().child("SelectedItem").orElseThrow();

        assertThat(item.text("QuestionKey")).isEqualTo("k");
        assertThat(item.child("OptionIds").orElseThrow().all("OptionId").map(XmlElement::text))
                .containsExactly("1", "2");
    }

    @Test
    void a_document_type_is_refused() {
        assertThat(SafeXml.read("<!DOCTYPE xml><xml/>")).isEmpty();
        assertThat(SafeXml.read(
                        "<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><xml><Content>&x;</Content></xml>"))
                .isEmpty();
        assertThat(SafeXml.read("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;</x>"))
                .isEmpty();
    }

    @Test
    void what_is_no_xml_is_refused() {
        assertThat(SafeXml.read("")).isEmpty();
        assertThat(SafeXml.read("{\"encrypt\":\"x\"}")).isEmpty();
        assertThat(SafeXml.read("<xml><a></xml>")).isEmpty();
        assertThat(SafeXml.read("<a>".repeat(20_000) + "</a>".repeat(20_000))).isEmpty();
        assertThat(SafeXml.read("<xml><Content>&undefined;</Content></xml>")).isEmpty();
    }
}
