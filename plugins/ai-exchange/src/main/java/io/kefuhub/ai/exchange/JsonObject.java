package io.kefuhub.ai.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON object of a provider's or a platform's. What is of another type than asked for counts as absent. */
public record JsonObject(Map<String, Object> members) {
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public Optional<String> text(String name) {
        return as(String.class, name);
    }

    public String text(String name, String absent) {
        return text(name).orElse(absent);
    }

    /** Returns a text, or a whole number as a text, such as of a code that some write so and some so. */
    public String word(String name) {
        return as(Object.class, name)
                .filter(value -> value instanceof String || value instanceof Long)
                .map(Object::toString)
                .orElse("");
    }

    /** Returns a number that is not negative, cut to a whole one. */
    public Optional<Long> number(String name) {
        return as(Number.class, name).map(Number::longValue).filter(value -> value >= 0);
    }

    public long number(String name, long absent) {
        return number(name).orElse(absent);
    }

    /** Returns a number, cut to a whole one, such as of a code, which may be negative. */
    public long signed(String name, long absent) {
        return as(Number.class, name).map(Number::longValue).orElse(absent);
    }

    /** Returns a number with what follows its point; 0 when it is absent. */
    public double decimal(String name) {
        return as(Number.class, name).map(Number::doubleValue).orElse(0d);
    }

    public boolean flag(String name) {
        return as(Boolean.class, name).orElse(false);
    }

    public Optional<JsonObject> object(String name) {
        return as(JsonObject.class, name);
    }

    /** Returns the items of a list; none when it is absent. */
    @SuppressWarnings("unchecked") // lists are only made by Json
    public List<Object> list(String name) {
        return as(List.class, name).orElse(List.of());
    }

    /** Returns the objects in a list; none when it is absent. */
    public List<JsonObject> objects(String name) {
        var objects = new ArrayList<JsonObject>();
        for (var item : list(name)) {
            if (item instanceof JsonObject object) objects.add(object);
        }
        return objects;
    }

    private <T> Optional<T> as(Class<T> type, String name) {
        var value = members.get(name);
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }
}
