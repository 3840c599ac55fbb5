package io.kefuhub.channel.web.frame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object whose members are asked for by name and type; a member of another type is a {@link BadFrame}. */
public record JsonObject(Map<String, Object> members) {
    private static final long MOST_EXACT = 1L << 53;

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public Optional<String> find(String name) throws BadFrame {
        return Optional.ofNullable(as(String.class, name));
    }

    public String text(String name) throws BadFrame {
        return find(name).orElseThrow(() -> BadFrame.malformed(name + " is missing"));
    }

    /** Returns a whole number from 0 to 2^53, or the default when it is absent. */
    public long number(String name, long absent) throws BadFrame {
        var value = as(Long.class, name);
        if (value == null) return absent;
        if (value < 0 || value > MOST_EXACT) throw BadFrame.malformed(name + " is out of range");
        return value;
    }

    public long number(String name) throws BadFrame {
        if (!has(name)) throw BadFrame.malformed(name + " is missing");
        return number(name, 0);
    }

    public boolean flag(String name) throws BadFrame {
        var value = as(Boolean.class, name);
        if (value == null) throw BadFrame.malformed(name + " is missing");
        return value;
    }

    public Optional<JsonObject> object(String name) throws BadFrame {
        return Optional.ofNullable(as(JsonObject.class, name));
    }

    /** Returns the texts of a list, none when it is absent. */
    public List<String> texts(String name) throws BadFrame {
        return items(String.class, name);
    }

    /** Returns the objects of a list, none when it is absent. */
    public List<JsonObject> objects(String name) throws BadFrame {
        return items(JsonObject.class, name);
    }

    /** Returns the members that are texts. */
    public Map<String, String> textMembers() {
        var texts = new LinkedHashMap<String, String>();
        members.forEach((name, value) -> {
            if (value instanceof String text) texts.put(name, text);
        });
        return texts;
    }

    private <T> List<T> items(Class<T> type, String name) throws BadFrame {
        var list = as(List.class, name);
        if (list == null) return List.of();
        var items = new ArrayList<T>(list.size());
        for (var item : list) {
            if (!type.isInstance(item)) throw BadFrame.malformed(name + " holds another type");
            items.add(type.cast(item));
        }
        return items;
    }

    private <T> @Nullable T as(Class<T> type, String name) throws BadFrame {
        var value = members.get(name);
        if (value == null) return null;
        if (!type.isInstance(value)) throw BadFrame.malformed(name + " is of another type");
        return type.cast(value);
    }
}
