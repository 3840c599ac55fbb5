package io.kefuhub.simulators;

import java.util.List;
import java.util.Map;

/**
 * What to enter in the hub.
 *
 * @param yaml the same as a file for the home's conf folder
 */
public record SetUp(List<Form> forms, String yaml) {
    public SetUp {
        forms = List.copyOf(forms);
    }

    /**
     * @param type the hub's name for this kind of channel
     * @param fields by the name of the setting, in the order of the form
     */
    public record Form(String surface, String type, Words title, Map<String, String> fields) {}
}
